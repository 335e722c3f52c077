/** From a placement to the task group that Mesos launches: pure. */
@NullMarked
package io.muster.mesos.launch;

import org.jspecify.annotations.NullMarked;
