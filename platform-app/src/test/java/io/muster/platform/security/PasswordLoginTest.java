package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.platform.security.SecuritySettings.Jwt;
import io.muster.platform.security.SecuritySettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

@ExtendWith(OutputCaptureExtension.class)
class PasswordLoginTest {

    private static final String HASH = Passwords.hash("pass-word");

    private final Passwords passwords = new Passwords();

    @TempDir
    private Path directory;

    private static SecuritySettings settings(@Nullable Path file, SecuritySettings.User... users) {
        return new SecuritySettings(
                Mode.BASIC, List.of(users), file, new Jwt(null, null, null, "roles", "sub"), List.of());
    }

    private PasswordLogin login(@Nullable Path file, SecuritySettings.User... users) {
        return new PasswordLogin(
                Users.of(settings(file, users), passwords),
                passwords,
                new RememberedLogins(new byte[] {1, 2, 3}, passwords),
                1);
    }

    private static SecuritySettings.User user(String name, Role role) {
        return new SecuritySettings.User(name, HASH, role);
    }

    private static Authentication of(String name, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    }

    @Test
    void knowsAUserByHisPasswordAndGivesHisRole() {
        Authentication known = login(null, user("ada", Role.DEPLOY)).authenticate(of("ada", "pass-word"));

        assertThat(known.getName()).isEqualTo("ada");
        assertThat(Role.of(known)).contains(Role.DEPLOY);
        assertThat(known.getCredentials()).isNull();
    }

    @Test
    void checksAPasswordOnceInAWhile() {
        PasswordLogin login = login(null, user("ada", Role.VIEW));
        for (int i = 0; i < 3; i++) {
            login.authenticate(of("ada", "pass-word"));
        }
        assertThat(passwords.checks).hasValue(1);

        passwords.pass(RememberedLogins.LIFETIME);
        login.authenticate(of("ada", "pass-word"));
        assertThat(passwords.checks).hasValue(2);
    }

    @Test
    void checksAWrongPasswordAndAnUnknownNameEachTime() {
        PasswordLogin login = login(null, user("ada", Role.VIEW));
        login.authenticate(of("ada", "pass-word"));

        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> login.authenticate(of("ada", "another")))
                    .isInstanceOf(BadCredentialsException.class);
            assertThatThrownBy(() -> login.authenticate(of("eve", "pass-word")))
                    .isInstanceOf(BadCredentialsException.class);
            assertThat(passwords.checks).hasValue(1 + 2 * i);
        }
    }

    @Test
    void readsTheFileAgainWhenItChanges() throws IOException {
        Path file = Files.writeString(directory.resolve("users"), "ada:" + HASH + ":view\n");
        PasswordLogin login = login(file);
        login.authenticate(of("ada", "pass-word"));

        Files.writeString(file, "ada:" + HASH + ":admin\nbob:" + HASH + ":view\n");
        passwords.pass(WatchedFile.PAUSE);

        assertThat(Role.of(login.authenticate(of("ada", "pass-word")))).contains(Role.ADMIN);
        assertThat(login.authenticate(of("bob", "pass-word")).getName()).isEqualTo("bob");

        Files.writeString(file, "ada:" + Passwords.hash("new-word") + ":admin\n");
        passwords.pass(WatchedFile.PAUSE);

        assertThatThrownBy(() -> login.authenticate(of("ada", "pass-word")))
                .isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> login.authenticate(of("bob", "pass-word")))
                .isInstanceOf(BadCredentialsException.class);
        assertThat(login.authenticate(of("ada", "new-word")).getName()).isEqualTo("ada");
    }

    @Test
    void keepsWhatWasGoodWhenTheFileTurnsBadAndSaysSoOnce(CapturedOutput log) throws IOException {
        Path file = Files.writeString(directory.resolve("users"), "ada:" + HASH + ":view\n");
        PasswordLogin login = login(file);

        Files.writeString(file, "ada:plain-text:view\n");
        for (int i = 0; i < 3; i++) {
            passwords.pass(WatchedFile.PAUSE);
            login.authenticate(of("ada", "pass-word"));
        }
        assertThat(log.getOut()).containsOnlyOnce("line 1").doesNotContain("plain-text");

        Files.delete(file);
        for (int i = 0; i < 3; i++) {
            passwords.pass(WatchedFile.PAUSE);
            login.authenticate(of("ada", "pass-word"));
        }
        assertThat(log.getOut()).containsOnlyOnce("cannot be read");

        Files.writeString(file, "bob:" + HASH + ":view\n");
        passwords.pass(WatchedFile.PAUSE);
        assertThat(login.authenticate(of("bob", "pass-word")).getName()).isEqualTo("bob");
    }

    @Test
    void namesThePropertyThatHasNoHash() {
        var plain = new SecuritySettings.User("ada", "pass-word", Role.VIEW);

        assertThatThrownBy(() -> login(null, user("bob", Role.VIEW), plain))
                .isInstanceOf(UnusableSecurityException.class)
                .hasMessageStartingWith("muster.security.users[1].password-hash is not a bcrypt hash")
                .hasMessageNotContaining("pass-word");
        assertThatThrownBy(() -> login(null, new SecuritySettings.User("ada", HASH, null)))
                .hasMessageStartingWith("muster.security.users[0].role");
        assertThatThrownBy(() -> login(null, new SecuritySettings.User(null, HASH, Role.VIEW)))
                .hasMessageStartingWith("muster.security.users[0].name");
        assertThatThrownBy(() -> login(null)).hasMessageContaining("there are no users");
        assertThatThrownBy(() -> login(directory.resolve("none"))).hasMessageStartingWith("muster.security.users-file");
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        var remembered = new RememberedLogins(new byte[] {1}, passwords);
        User ada = new User("ada", PasswordHash.parse(HASH).orElseThrow(), Role.VIEW);
        for (int i = 0; i <= RememberedLogins.MOST; i++) {
            remembered.add(ada, "password " + i);
        }

        assertThat(remembered.has(ada, "password 0")).isFalse();
        assertThat(remembered.has(ada, "password 1")).isTrue();
        passwords.pass(Duration.ofDays(1));
        assertThat(remembered.has(ada, "password 1")).isFalse();
    }
}
