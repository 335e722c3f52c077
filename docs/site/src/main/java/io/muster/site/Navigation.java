package io.muster.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What there is to read, in the order of {@code docs/navigation.txt}: titles of groups at the beginnings of lines, and below
 * each its entries, indented, as a path and a title. A path that ends in a slash is a directory with a README.md, which
 * leads to the other pages in it.
 *
 * @param groups in the order in which they are shown
 */
record Navigation(List<Group> groups) {

    static final String FILE = "docs/navigation.txt";

    private static final String README = "README.md";

    /** Entries under one title, in the order in which they are shown. */
    record Group(String title, List<Entry> entries) {
        Group {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One line of the navigation.
     *
     * @param page the Markdown file, from the root of the repository
     * @param below other Markdown files that are reached by that page alone, in the order of their names
     */
    record Entry(String page, String title, List<String> below) {
        Entry {
            below = List.copyOf(below);
        }

        boolean holds(String other) {
            return page.equals(other) || below.contains(other);
        }
    }

    Navigation {
        groups = List.copyOf(groups);
    }

    /**
     * Reads it.
     *
     * @throws IOException if there is none, or it names what is not there
     */
    static Navigation read(Path root) throws IOException {
        List<Group> groups = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve(FILE))) {
            if (line.isBlank()) {
                continue;
            }
            if (!line.startsWith(" ")) {
                groups.add(new Group(line.strip(), List.of()));
                continue;
            }
            if (groups.isEmpty()) {
                throw new IOException(FILE + ": '" + line.strip() + "' is in no group");
            }
            Group last = groups.removeLast();
            List<Entry> entries = new ArrayList<>(last.entries());
            entries.add(entry(root, line.strip()));
            groups.add(new Group(last.title(), entries));
        }
        return new Navigation(groups);
    }

    private static Entry entry(Path root, String line) throws IOException {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IOException(FILE + ": '" + line + "' has no title");
        }
        String path = line.substring(0, space);
        String page = path.endsWith("/") ? path + README : path;
        if (!Files.isRegularFile(root.resolve(page))) {
            throw new IOException(FILE + " names " + page + ", which does not exist");
        }
        return new Entry(page, line.substring(space).strip(), path.endsWith("/") ? below(root, path) : List.of());
    }

    private static List<String> below(Path root, String directory) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> directory + file.getFileName())
                    .filter(file -> file.endsWith(".md") && !file.endsWith("/" + README))
                    .sorted()
                    .toList();
        }
    }

    List<Entry> entries() {
        return groups.stream().flatMap(group -> group.entries().stream()).toList();
    }

    /** All pages; each of them once, if the file names none twice. */
    List<String> pages() {
        return entries().stream()
                .flatMap(entry -> Stream.concat(Stream.of(entry.page()), entry.below().stream()))
                .toList();
    }
}
