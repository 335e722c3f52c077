/** The use cases of pods: one transaction each. */
@NullMarked
package io.muster.pods.application;

import org.jspecify.annotations.NullMarked;
