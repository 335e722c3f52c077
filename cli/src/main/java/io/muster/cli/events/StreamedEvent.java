package io.muster.cli.events;

import java.util.Optional;

/**
 * One event of the stream.
 *
 * @param id by which the stream can be resumed after it; empty for what is not numbered
 * @param data as it was sent; lines are separated by a line feed
 */
record StreamedEvent(String type, String data, Optional<String> id) {}
