/** Tests of the task groups. */
@NullMarked
package io.muster.mesos.launch;

import org.jspecify.annotations.NullMarked;
