/** What was ever accepted for a pod id: its versions and its audit, append-only and for ever. */
@NullMarked
package io.muster.history;

import org.jspecify.annotations.NullMarked;
