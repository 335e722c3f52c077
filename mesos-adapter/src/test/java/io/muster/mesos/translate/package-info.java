/** Tests of the translation. */
@NullMarked
package io.muster.mesos.translate;

import org.jspecify.annotations.NullMarked;
