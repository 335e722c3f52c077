/** Agents: the default executor's rules, status updates, and containers as local processes. */
@NullMarked
package io.muster.localmesos.agent;

import org.jspecify.annotations.NullMarked;
