/** How things are shown to people: tables, times, words. */
@NullMarked
package io.muster.cli.text;

import org.jspecify.annotations.NullMarked;
