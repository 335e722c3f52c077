package io.muster.cli.text;

/** Texts of others, made harmless: what they say of a terminal would move its cursor or change its colours. */
public final class Plain {

    private Plain() {}

    /** One line: ends of lines and tabulators become spaces, other control characters question marks. */
    public static String line(String text) {
        return lines(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** The same with its lines and tabulators. */
    public static String lines(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            boolean kept = each == '\n' || each == '\t' || !Character.isISOControl(each);
            plain.appendCodePoint(kept ? each : '?');
        });
        return plain.toString();
    }
}
