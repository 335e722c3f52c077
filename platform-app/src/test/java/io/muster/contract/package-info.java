/** The pods contract, proved over HTTP against the whole application with real processes. */
@NullMarked
package io.muster.contract;

import org.jspecify.annotations.NullMarked;
