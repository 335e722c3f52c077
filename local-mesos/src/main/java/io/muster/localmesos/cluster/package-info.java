/** A whole cluster: its masters, one of which leads, its agents, and what operators and accidents do to them. */
@NullMarked
package io.muster.localmesos.cluster;

import org.jspecify.annotations.NullMarked;
