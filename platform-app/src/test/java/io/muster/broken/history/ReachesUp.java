package io.muster.broken.history;

import io.muster.broken.pods.model.AsksTheClock;

/** Uses a floor above it. */
record ReachesUp(AsksTheClock model) {}
