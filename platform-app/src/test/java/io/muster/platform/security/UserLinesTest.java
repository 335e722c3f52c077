package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserLinesTest {

    private static final Path FILE = Path.of("/etc/muster/users");
    private static final String HASH = "$2a$04$" + "a".repeat(53);

    @Test
    void readsNamesHashesAndRoles() {
        var users = UserLines.parse(
                FILE, "# who may come in\n\n ada:" + HASH + ":admin \r\nbob:{bcrypt}" + HASH + ":view\n");

        assertThat(users.keySet()).containsExactly("ada", "bob");
        assertThat(users.values()).extracting(User::role).containsExactly(Role.ADMIN, Role.VIEW);
        assertThat(users.values()).extracting(user -> user.hash().bcrypt()).containsExactly(HASH, HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "ada, line 2 is not name:hash:role",
        "ada:admin, line 2 is not name:hash:role",
        ":HASH:admin, line 2 is not name:hash:role",
        "ada:pass-word:admin, line 2: what is between the colons is not a bcrypt hash",
        "ada:{noop}pass-word:admin, line 2: what is between the colons is not a bcrypt hash",
        "ada:$2a$17$xx:admin, line 2: what is between the colons is not a bcrypt hash",
        "ada:HASH:root, line 2: what follows the last colon is not one of the roles",
        "bob:HASH:view, line 2: there is a user of this name above"
    })
    void namesTheLineThatIsWrongAndNotItsHash(String line, String problem) {
        String text = "bob:" + HASH + ":view\n" + line.replace("HASH", HASH);

        assertThatThrownBy(() -> UserLines.parse(FILE, text))
                .isInstanceOf(UnusableSecurityException.class)
                .hasMessageStartingWith(FILE + ", " + problem.replace("'", ""))
                .hasMessageNotContainingAny("pass-word", "$2a$", "aaaa");
    }

    @Test
    void wantsSomebody() {
        assertThatThrownBy(() -> UserLines.parse(FILE, "# nobody\n")).hasMessage(FILE + " names no users");
    }
}
