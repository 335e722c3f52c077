/** Amounts of what agents have, who may use them, and the operations that change that. Pure. */
@NullMarked
package io.muster.localmesos.resources;

import org.jspecify.annotations.NullMarked;
