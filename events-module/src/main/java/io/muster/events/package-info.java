/** What happened, for those who listen: stored in the transaction of the change that it tells of. */
@NullMarked
package io.muster.events;

import org.jspecify.annotations.NullMarked;
