/** The numbered events: how they get their numbers, how they are read, and when they are forgotten. */
@NullMarked
package io.muster.events.log;

import org.jspecify.annotations.NullMarked;
