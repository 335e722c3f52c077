/** How calls reach a master and events come back. */
@NullMarked
package io.muster.mesos.transport;

import org.jspecify.annotations.NullMarked;
