package io.muster.platform.security;

/** Somebody who has a password. */
record User(String name, PasswordHash hash, Role role) {}
