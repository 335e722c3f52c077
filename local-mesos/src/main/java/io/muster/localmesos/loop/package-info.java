/** The one thread on which master and agents decide, and the clock they see. */
@NullMarked
package io.muster.localmesos.loop;

import org.jspecify.annotations.NullMarked;
