/** The table of pods. */
@NullMarked
package io.muster.pods.persistence;

import org.jspecify.annotations.NullMarked;
