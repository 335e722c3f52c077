package io.muster.platform.security;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Those who have passwords: of the settings, and of a file, which may change. Of two with one name that of the file counts. */
final class Users {

    private static final String PROPERTY = "muster.security.users";
    private static final String FILE_PROPERTY = "muster.security.users-file";

    private final Map<String, User> configured;
    private final @Nullable WatchedFile<Map<String, User>> file;

    private Users(Map<String, User> configured, @Nullable WatchedFile<Map<String, User>> file) {
        this.configured = configured;
        this.file = file;
    }

    /**
     * The users that the settings name.
     *
     * @throws UnusableSecurityException if there are none, or one of them is no user
     */
    static Users of(SecuritySettings settings, InstantSource clock) {
        Map<String, User> configured = new LinkedHashMap<>();
        List<SecuritySettings.User> named = settings.users();
        for (int i = 0; i < named.size(); i++) {
            String where = PROPERTY + "[" + i + "]";
            User user = user(named.get(i), where);
            if (configured.put(user.name(), user) != null) {
                throw new UnusableSecurityException(
                        where + ".name: there is a user of this name above", "Give each user a name of its own.");
            }
        }
        Path file = settings.usersFile();
        if (configured.isEmpty() && file == null) {
            throw new UnusableSecurityException(
                    "muster.security.mode is basic, but there are no users",
                    "Set " + PROPERTY + ", or " + FILE_PROPERTY + ".");
        }
        return new Users(
                configured,
                file == null
                        ? null
                        : new WatchedFile<>(file, FILE_PROPERTY, text -> UserLines.parse(file, text), clock));
    }

    private static User user(SecuritySettings.User user, String where) {
        String name = user.name();
        if (name == null || name.isBlank() || name.indexOf(':') >= 0) {
            throw new UnusableSecurityException(
                    where + ".name is empty, or has a colon", "Give the user a name without colons.");
        }
        String hash = user.passwordHash();
        Role role = user.role();
        if (role == null) {
            throw new UnusableSecurityException(where + ".role is not set", "Set it to view, deploy or admin.");
        }
        return new User(
                name,
                PasswordHash.parse(hash == null ? "" : hash)
                        .orElseThrow(() -> new UnusableSecurityException(
                                PasswordHash.problem(where + ".password-hash"), PasswordHash.REMEDY)),
                role);
    }

    Optional<User> find(String name) {
        User inFile = file == null ? null : file.value().get(name);
        return Optional.ofNullable(inFile != null ? inFile : configured.get(name));
    }

    /** That of the dearest hash, so that a name that nobody has takes as long. */
    int cost() {
        return Math.max(cost(configured), file == null ? 0 : cost(file.value()));
    }

    private static int cost(Map<String, User> users) {
        return users.values().stream()
                .mapToInt(user -> user.hash().cost())
                .max()
                .orElse(0);
    }
}
