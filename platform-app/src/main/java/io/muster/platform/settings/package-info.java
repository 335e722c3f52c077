/** Whether the settings are such that Muster can start, and what an operator is told otherwise. */
@NullMarked
package io.muster.platform.settings;

import org.jspecify.annotations.NullMarked;
