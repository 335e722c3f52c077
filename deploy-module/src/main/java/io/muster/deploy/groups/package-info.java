/** Groups, which Marathon had beside pods: here nothing but what ids of pods have in common. */
@NullMarked
package io.muster.deploy.groups;

import org.jspecify.annotations.NullMarked;
