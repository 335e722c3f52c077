/** A cluster for tests: virtual time, containers that do as they are told, and conversations in send-and-expect style. */
@NullMarked
package io.muster.localmesos.simulation;

import org.jspecify.annotations.NullMarked;
