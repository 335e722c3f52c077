/** What operators of a Marathon ask its process: metrics and log levels. */
@NullMarked
package io.muster.platform.marathon;

import org.jspecify.annotations.NullMarked;
