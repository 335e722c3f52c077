/** A house that breaks every rule, for the tests of the rules. */
@NullMarked
package io.muster.broken;

import org.jspecify.annotations.NullMarked;
