/** Pods: their definitions, who may see which version, and the interfaces that upper floors implement. */
@NullMarked
package io.muster.pods;

import org.jspecify.annotations.NullMarked;
