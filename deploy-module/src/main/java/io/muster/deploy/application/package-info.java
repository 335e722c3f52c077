/** Takes accepted changes in, on any replica, and computes what queries show. */
@NullMarked
package io.muster.deploy.application;

import org.jspecify.annotations.NullMarked;
