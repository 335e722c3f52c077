package io.muster.platform.security;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in.
 *
 * @param mode {@code none}: everybody may do everything; {@code basic}: users with passwords; {@code jwt}: tokens of
 *     somebody else. Without any, the server listens on loopback only
 * @param users who they are, with {@code basic}
 * @param usersFile a file with more of them, {@code name:hash:role} in each line; read again when it changes
 * @param jwt which tokens are good, with {@code jwt}
 * @param allowedHosts names that clients may call the server by besides those of loopback, where no mode is set
 */
@ConfigurationProperties("muster.security")
record SecuritySettings(
        @Nullable Mode mode,
        @DefaultValue List<User> users,
        @Nullable Path usersFile,
        @DefaultValue Jwt jwt,
        @DefaultValue List<String> allowedHosts) {

    /** How callers prove who they are. */
    enum Mode {
        NONE,
        BASIC,
        JWT
    }

    /**
     * Somebody with a password.
     *
     * @param name what the user is called; without colons
     * @param passwordHash made with bcrypt, {@code $2…} or with bcrypt in braces before it
     * @param role what the user may do
     */
    record User(
            @Nullable String name,
            @Nullable String passwordHash,
            @Nullable Role role) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "User[name=" + name + ", role=" + role + "]";
        }
    }

    /**
     * Tokens.
     *
     * @param issuer who makes them; also where the keys are found that they are signed with
     * @param jwkSet these keys, instead: a file, read again when it changes, or an address
     * @param audience what tokens must be meant for; by default anything
     * @param rolesClaim where a token tells roles; dots lead into objects
     * @param nameClaim where a token tells the name of the user
     */
    record Jwt(
            @Nullable String issuer,
            @Nullable String jwkSet,
            @Nullable String audience,
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue("sub") String nameClaim) {}
}
