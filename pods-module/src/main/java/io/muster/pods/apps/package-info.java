/** What Marathon answered of apps, of which there are none here. */
@NullMarked
package io.muster.pods.apps;

import org.jspecify.annotations.NullMarked;
