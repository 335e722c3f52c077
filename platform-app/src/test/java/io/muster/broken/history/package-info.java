/** A low floor that reaches up. */
@NullMarked
package io.muster.broken.history;

import org.jspecify.annotations.NullMarked;
