/** What all commands share: the options, the surroundings, the answers to failures. */
@NullMarked
package io.muster.cli.shell;

import org.jspecify.annotations.NullMarked;
