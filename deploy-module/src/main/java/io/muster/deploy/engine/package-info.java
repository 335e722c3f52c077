/** The one writer of instances and deployment progress: drains its mailbox, decides, commits, and only then acts. */
@NullMarked
package io.muster.deploy.engine;

import org.jspecify.annotations.NullMarked;
