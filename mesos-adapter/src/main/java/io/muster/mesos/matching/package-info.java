/** Which instance goes to which offer: pure. */
@NullMarked
package io.muster.mesos.matching;

import org.jspecify.annotations.NullMarked;
