/** The pod definition as plain values: no JSON, no framework, no clock. */
@NullMarked
package io.muster.pods.model;

import org.jspecify.annotations.NullMarked;
