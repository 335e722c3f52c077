/** What the chart makes of values: what it refuses, and what must hold for all that it renders. */
@NullMarked
package io.muster.helm;

import org.jspecify.annotations.NullMarked;
