/** Deployments, instances and leadership in PostgreSQL: entities for what changes seldom, multi-row SQL for the rest. */
@NullMarked
package io.muster.deploy.persistence;

import org.jspecify.annotations.NullMarked;
