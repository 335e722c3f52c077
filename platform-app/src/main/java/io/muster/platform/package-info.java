/** Wiring: where the database, the cluster and the settings of the floors below come from. */
@NullMarked
package io.muster.platform;

import org.jspecify.annotations.NullMarked;
