/** The description of the web API: what each route takes and answers, as an OpenAPI document with a page to browse it. */
@NullMarked
package io.muster.platform.openapi;

import org.jspecify.annotations.NullMarked;
