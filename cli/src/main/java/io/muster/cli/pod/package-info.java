/** Commands about pods. */
@NullMarked
package io.muster.cli.pod;

import org.jspecify.annotations.NullMarked;
