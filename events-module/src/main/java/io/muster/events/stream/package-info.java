/** {@code GET /v2/events}: the log, and what follows in it, sent to any number of readers. */
@NullMarked
package io.muster.events.stream;

import org.jspecify.annotations.NullMarked;
