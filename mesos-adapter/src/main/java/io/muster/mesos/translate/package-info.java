/** Words of Mesos into words of the engine and back: pure. */
@NullMarked
package io.muster.mesos.translate;

import org.jspecify.annotations.NullMarked;
