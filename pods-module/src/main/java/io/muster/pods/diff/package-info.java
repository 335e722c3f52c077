/** What differs between two JSON documents. */
@NullMarked
package io.muster.pods.diff;

import org.jspecify.annotations.NullMarked;
