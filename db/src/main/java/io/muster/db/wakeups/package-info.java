/** Being told by PostgreSQL that there is something to look at. */
@NullMarked
package io.muster.db.wakeups;

import org.jspecify.annotations.NullMarked;
