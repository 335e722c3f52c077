package io.muster.broken.pods.web;

import io.muster.broken.pods.model.AsksTheClock;

/** One half of a cycle. */
public record Page(AsksTheClock model) {}
