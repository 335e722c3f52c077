/** One leader at a time: a lease in PostgreSQL, an epoch that fences earlier leaders, and the engine of each term. */
@NullMarked
package io.muster.deploy.leadership;

import org.jspecify.annotations.NullMarked;
