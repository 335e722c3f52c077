/** Commands about deployments, and waiting for one. */
@NullMarked
package io.muster.cli.deployment;

import org.jspecify.annotations.NullMarked;
