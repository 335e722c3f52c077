package io.muster.site;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where a link leads to. */
sealed interface Destination {

    /** To a page of the site. */
    record ToPage(Page page, String anchor) implements Destination {}

    /** To another file of the repository, which the site gets a copy of; from the root, with slashes. */
    record ToFile(String file) implements Destination {}

    /** To somebody else's site. */
    record Outside(URI address) implements Destination {}

    /** To nothing. */
    record Nowhere(String why) implements Destination {}

    /**
     * Follows a link.
     *
     * @param pages all pages of the site by their sources
     */
    static Destination of(Path root, Map<String, Page> pages, Page from, String link) {
        URI address;
        try {
            address = new URI(link);
        } catch (URISyntaxException unreadable) {
            return new Nowhere("is no address: " + unreadable.getReason());
        }
        if (address.getScheme() != null) {
            return outside(address);
        }
        if (address.getRawAuthority() != null || address.getPath().startsWith("/")) {
            return new Nowhere("is neither relative nor has it a scheme");
        }
        String anchor = Objects.requireNonNullElse(address.getFragment(), "");
        if (address.getPath().isEmpty()) {
            return inPage(from, anchor);
        }
        String file = resolved(from.source(), address.getPath());
        if (file.startsWith("..")) {
            return new Nowhere("leads out of the repository");
        }
        if (Files.isDirectory(root.resolve(file))) {
            file += "/README.md";
        }
        if (!Files.isRegularFile(root.resolve(file))) {
            return new Nowhere("leads to " + file + ", which does not exist");
        }
        Page page = pages.get(file);
        if (page != null) {
            return inPage(page, anchor);
        }
        if (file.endsWith(".md")) {
            return new Nowhere("leads to " + file + ", which is not in " + Navigation.FILE);
        }
        return anchor.isEmpty() ? new ToFile(file) : new Nowhere("has an anchor, and " + file + " is no page");
    }

    private static Destination outside(URI address) {
        if (!Set.of("http", "https").contains(address.getScheme())) {
            return new Nowhere("has the scheme " + address.getScheme() + ", and not http or https");
        }
        if (address.getHost() == null) {
            return new Nowhere("names no host");
        }
        return new Outside(address);
    }

    private static Destination inPage(Page page, String anchor) {
        boolean known = anchor.isEmpty()
                || page.headings().stream().anyMatch(heading -> heading.anchor().equals(anchor));
        return known
                ? new ToPage(page, anchor)
                : new Nowhere("leads to #" + anchor + ", and " + page.source() + " has no such heading");
    }

    private static String resolved(String source, String path) {
        Path parent = Path.of(source).getParent();
        Path target = (parent == null ? Path.of("") : parent).resolve(path).normalize();
        return target.toString().replace('\\', '/');
    }
}
