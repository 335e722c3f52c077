/** The way to Mesos through its native library. */
@NullMarked
package io.muster.mesos.transport.jni;

import org.jspecify.annotations.NullMarked;
