package io.muster.site;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of the headings of one page, made as GitHub makes them, so that links work there and here. */
final class Anchors {

    private static final Pattern LEFT_OUT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_ -]");

    private final Set<String> taken = new HashSet<>();

    /** The name of the next heading, in the order of the page; those that come again are numbered. */
    String of(String heading) {
        String plain = LEFT_OUT.matcher(heading.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(' ', '-');
        String name = plain;
        for (int again = 1; !taken.add(name); again++) {
            name = plain + "-" + again;
        }
        return name;
    }
}
