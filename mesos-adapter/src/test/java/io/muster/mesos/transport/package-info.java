/** Tests of the transports. */
@NullMarked
package io.muster.mesos.transport;

import org.jspecify.annotations.NullMarked;
