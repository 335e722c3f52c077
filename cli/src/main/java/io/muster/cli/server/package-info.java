/** Commands about the server, its queue, and this client itself. */
@NullMarked
package io.muster.cli.server;

import org.jspecify.annotations.NullMarked;
