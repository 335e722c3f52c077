/** Tests of the history on a real database. */
@NullMarked
package io.muster.history;

import org.jspecify.annotations.NullMarked;
