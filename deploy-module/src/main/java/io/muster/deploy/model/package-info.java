/** Instances, deployments and every decision about them: pure functions, without clock, database or cluster. */
@NullMarked
package io.muster.deploy.model;

import org.jspecify.annotations.NullMarked;
