/** Pod definitions as JSON, in the words and the order of Marathon's pods RAML. */
@NullMarked
package io.muster.pods.json;

import org.jspecify.annotations.NullMarked;
