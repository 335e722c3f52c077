/** JSON Schemas of what the web API of pods takes and answers. */
@NullMarked
package io.muster.pods.schema;

import org.jspecify.annotations.NullMarked;
