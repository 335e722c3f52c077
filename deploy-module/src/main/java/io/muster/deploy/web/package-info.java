/** The deployments and the status of pods over HTTP. */
@NullMarked
package io.muster.deploy.web;

import org.jspecify.annotations.NullMarked;
