/** The web API of pods: routes, bodies and headers as Marathon has them, and errors of the whole server as JSON. */
@NullMarked
package io.muster.pods.web;

import org.jspecify.annotations.NullMarked;
