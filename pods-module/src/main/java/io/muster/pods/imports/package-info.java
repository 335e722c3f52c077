/** Takes pods and their history over from a running Marathon. */
@NullMarked
package io.muster.pods.imports;

import org.jspecify.annotations.NullMarked;
