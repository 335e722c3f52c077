package io.muster.pods;

/**
 * Where a change came from.
 *
 * @param clientIp the address of the connection, or what proxies say of it where they are believed
 * @param uri as it was sent, without its query
 */
public record ClientRequest(String clientIp, String uri) {}
