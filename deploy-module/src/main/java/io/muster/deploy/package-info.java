/** Deployments, instances and the engine that drives them; the cluster they need is declared here. */
@NullMarked
package io.muster.deploy;

import org.jspecify.annotations.NullMarked;
