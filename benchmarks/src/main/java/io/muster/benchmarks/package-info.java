/** Measurements, each started by name. */
@NullMarked
package io.muster.benchmarks;

import org.jspecify.annotations.NullMarked;
