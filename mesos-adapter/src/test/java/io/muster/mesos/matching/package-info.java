/** Tests of the matching. */
@NullMarked
package io.muster.mesos.matching;

import org.jspecify.annotations.NullMarked;
