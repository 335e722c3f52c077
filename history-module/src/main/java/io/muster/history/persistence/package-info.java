/** The tables of the history. */
@NullMarked
package io.muster.history.persistence;

import org.jspecify.annotations.NullMarked;
