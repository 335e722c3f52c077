/** Where the endpoints of pods are, for those who send requests to them. */
@NullMarked
package io.muster.deploy.discovery;

import org.jspecify.annotations.NullMarked;
