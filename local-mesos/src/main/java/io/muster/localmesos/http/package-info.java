/** A small HTTP/1.1 server that can hold a response open for ever. */
@NullMarked
package io.muster.localmesos.http;

import org.jspecify.annotations.NullMarked;
