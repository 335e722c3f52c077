/** The application. */
@NullMarked
package io.muster;

import org.jspecify.annotations.NullMarked;
