/** Why instances of a pod do not run: decided from what is stored. */
@NullMarked
package io.muster.deploy.explain;

import org.jspecify.annotations.NullMarked;
