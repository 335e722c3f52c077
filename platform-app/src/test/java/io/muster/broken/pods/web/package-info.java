/** A package that its model uses, and that uses its model. */
@NullMarked
package io.muster.broken.pods.web;

import org.jspecify.annotations.NullMarked;
