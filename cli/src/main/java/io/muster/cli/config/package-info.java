/** Which server is talked to, as whom: flags, environment and file. */
@NullMarked
package io.muster.cli.config;

import org.jspecify.annotations.NullMarked;
