/** Requests to the server and what it answers. */
@NullMarked
package io.muster.cli.api;

import org.jspecify.annotations.NullMarked;
