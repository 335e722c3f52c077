/** The rules of the house. */
@NullMarked
package io.muster.modularity;

import org.jspecify.annotations.NullMarked;
