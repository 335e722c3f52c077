package io.muster.pods.model;

/**
 * A rule that a definition breaks.
 *
 * @param path where, as Marathon writes it: {@code /containers(0)/endpoints(2)/hostPort}, {@code /environment/KEY},
 *     {@code /} for the whole definition. Nothing is escaped: this is no JSON Pointer.
 * @param message what is wrong, for people or as one of the codes that clients know ({@code error.minLength})
 */
public record Violation(String path, String message) {}
