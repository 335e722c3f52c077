/** What containers wrote, read from the sandboxes of Mesos agents. */
@NullMarked
package io.muster.cli.logs;

import org.jspecify.annotations.NullMarked;
