/** What controllers of pods share, also those of the floors above: ids in paths, bodies, refusals. */
@NullMarked
package io.muster.pods.rest;

import org.jspecify.annotations.NullMarked;
