/** The stream of events. */
@NullMarked
package io.muster.cli.events;

import org.jspecify.annotations.NullMarked;
