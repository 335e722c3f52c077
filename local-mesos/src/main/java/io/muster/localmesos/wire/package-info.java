/** What travels: RecordIO framing and the two encodings of protobuf messages, binary and Mesos' JSON. */
@NullMarked
package io.muster.localmesos.wire;

import org.jspecify.annotations.NullMarked;
