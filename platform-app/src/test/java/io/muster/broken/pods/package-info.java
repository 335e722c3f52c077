/** A floor in the middle. */
@NullMarked
package io.muster.broken.pods;

import org.jspecify.annotations.NullMarked;
