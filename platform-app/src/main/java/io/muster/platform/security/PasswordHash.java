package io.muster.platform.security;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a password is checked against, made with bcrypt. Nothing but {@link #bcrypt} gives it away. */
final class PasswordHash {

    /** Each step doubles the time of a check; here it is some seconds already. */
    static final int MAX_COST = 16;

    static final String REMEDY = "Make one with: htpasswd -nBC 10 NAME";

    private static final String PREFIX = "{bcrypt}";
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]?\\$(\\d\\d)\\$[./0-9A-Za-z]{53}");
    private static final int MIN_COST = 4;

    private final String bcrypt;
    private final int cost;

    private PasswordHash(String bcrypt, int cost) {
        this.bcrypt = bcrypt;
        this.cost = cost;
    }

    /**
     * A hash as it was written.
     *
     * @return empty if it is anything else, above all a password
     */
    static Optional<PasswordHash> parse(String text) {
        String bcrypt = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        Matcher parts = BCRYPT.matcher(bcrypt);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int cost = Integer.parseInt(parts.group(1));
        return cost < MIN_COST || cost > MAX_COST ? Optional.empty() : Optional.of(new PasswordHash(bcrypt, cost));
    }

    /** One that fits no password, and takes as long to say so. */
    static PasswordHash ofNobody(int cost) {
        return new PasswordHash("$2a$%02d$%s".formatted(cost, ".".repeat(53)), cost);
    }

    String bcrypt() {
        return bcrypt;
    }

    int cost() {
        return cost;
    }

    /** What is wrong with a text that is no hash, without the text. */
    static String problem(String where) {
        return where
                + " is not a bcrypt hash ($2… or {bcrypt}$2…) with a cost from %d to %d; neither plain text nor other hashes are accepted"
                        .formatted(MIN_COST, MAX_COST);
    }

    @Override
    public String toString() {
        return "a hash";
    }
}
