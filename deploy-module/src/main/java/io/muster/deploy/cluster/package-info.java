/** The cluster as the engine sees it: what it can be told and what it reports. The floor above implements it. */
@NullMarked
package io.muster.deploy.cluster;

import org.jspecify.annotations.NullMarked;
