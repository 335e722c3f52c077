/** Fakes of what pods need from the floors above. */
@NullMarked
package io.muster.pods;

import org.jspecify.annotations.NullMarked;
