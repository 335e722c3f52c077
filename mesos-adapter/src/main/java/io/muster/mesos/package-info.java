/** The cluster of the engine, on Apache Mesos. */
@NullMarked
package io.muster.mesos;

import org.jspecify.annotations.NullMarked;
