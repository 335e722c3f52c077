/** The master: subscriptions, offers, launches, reconciliation, behind the v1 scheduler API. */
@NullMarked
package io.muster.localmesos.master;

import org.jspecify.annotations.NullMarked;
