/** Tests of reading and writing definitions. */
@NullMarked
package io.muster.pods.json;

import org.jspecify.annotations.NullMarked;
