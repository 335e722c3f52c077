/** Who may do what, and what a server without locks listens to. */
@NullMarked
package io.muster.platform.security;

import org.jspecify.annotations.NullMarked;
