/** A Mesos inside this JVM: a master that speaks the v1 scheduler API and agents that run task groups. */
@NullMarked
package io.muster.localmesos;

import org.jspecify.annotations.NullMarked;
