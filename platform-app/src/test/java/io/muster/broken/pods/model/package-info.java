/** A model that is none. */
@NullMarked
package io.muster.broken.pods.model;

import org.jspecify.annotations.NullMarked;
