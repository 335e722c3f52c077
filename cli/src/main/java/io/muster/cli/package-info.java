/** The command-line client: a program of its own that talks to a server over its HTTP API. */
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
