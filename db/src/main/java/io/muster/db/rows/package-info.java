/** How many rows are written at once. */
@NullMarked
package io.muster.db.rows;

import org.jspecify.annotations.NullMarked;
