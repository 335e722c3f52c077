package io.muster.platform.security;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of users: {@code name:hash:role} in each line; empty lines and those that begin with {@code #} say nothing. */
final class UserLines {

    private static final String REMEDY =
            "Each line is name:hash:role, with a bcrypt hash, and view, deploy or admin. " + PasswordHash.REMEDY;

    private UserLines() {}

    /**
     * The users of a file, each name once, in the order of the lines.
     *
     * @throws UnusableSecurityException with the file and the number of the first line that is wrong
     */
    static Map<String, User> parse(Path file, String text) {
        Map<String, User> users = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                User user = user(line, file + ", line " + (i + 1));
                if (users.put(user.name(), user) != null) {
                    throw wrong(file + ", line " + (i + 1) + ": there is a user of this name above");
                }
            }
        }
        if (users.isEmpty()) {
            throw wrong(file + " names no users");
        }
        return users;
    }

    private static User user(String line, String where) {
        int first = line.indexOf(':');
        int last = line.lastIndexOf(':');
        if (first < 1 || last == first) {
            throw wrong(where + " is not name:hash:role");
        }
        PasswordHash hash = PasswordHash.parse(line.substring(first + 1, last).strip())
                .orElseThrow(() -> wrong(PasswordHash.problem(where + ": what is between the colons")));
        Role role = Role.named(line.substring(last + 1).strip())
                .orElseThrow(() ->
                        wrong(where + ": what follows the last colon is not one of the roles view, deploy and admin"));
        return new User(line.substring(0, first).strip(), hash, role);
    }

    private static UnusableSecurityException wrong(String problem) {
        return new UnusableSecurityException(problem, REMEDY);
    }
}
