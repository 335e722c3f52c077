/** Makes pages for a browser from the Markdown files of the repository. */
@NullMarked
package io.muster.site;

import org.jspecify.annotations.NullMarked;
