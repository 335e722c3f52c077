/** What operators and clients of Mesos ask masters and agents: where agents are, what they run, and the files of sandboxes. */
@NullMarked
package io.muster.localmesos.operator;

import org.jspecify.annotations.NullMarked;
