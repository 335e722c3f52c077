/** Tests of the web API on a real server and a real database. */
@NullMarked
package io.muster.pods.web;

import org.jspecify.annotations.NullMarked;
