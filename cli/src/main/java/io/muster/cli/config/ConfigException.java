package io.muster.cli.config;

/** Something that the user said of the server cannot be used. The message says what, where, and what would be right. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
