/** Histories full of faults, told by a seed: the real engine and adapter, a simulated Mesos, and what must hold. */
@NullMarked
package io.muster.simulation;

import org.jspecify.annotations.NullMarked;
