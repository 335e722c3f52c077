package io.muster.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The pages that the navigation names, and what they link to.
 *
 * @param pages by their sources, in the order of the navigation
 */
record Site(Path root, Navigation navigation, Map<String, Page> pages) {

    /** Where Markdown files are for readers; those below {@code docs/site} are none. */
    private static final List<String> DIRECTORIES = List.of("", "examples", "helm");

    private static final String DOCS = "docs";
    private static final String TOOLS = "docs/site/";

    /**
     * Makes the site.
     *
     * @param arguments the root of the repository, and the directory to write to
     */
    public static void main(String[] arguments) throws IOException {
        Site site;
        List<String> problems;
        try {
            site = read(Path.of(arguments[0]));
            problems = site.problems();
        } catch (IOException unreadable) {
            System.err.println("The documentation cannot be read: " + unreadable.getMessage());
            System.exit(1);
            return;
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(1);
        }
        Path target = Path.of(arguments[1]);
        site.write(target);
        System.out.println(site.pages().size() + " pages in " + target.resolve("index.html"));
    }

    static Site read(Path root) throws IOException {
        Navigation navigation = Navigation.read(root);
        Map<String, Page> pages = new LinkedHashMap<>();
        for (String source : navigation.pages()) {
            pages.put(source, Page.read(root, source));
        }
        return new Site(root, navigation, pages);
    }

    Destination destination(Page from, String link) {
        return Destination.of(root, pages, from, link);
    }

    /**
     * What is wrong, one line for each: links that lead nowhere, and pages that cannot be found.
     *
     * @throws IOException if a directory cannot be read
     */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Page page : pages.values()) {
            for (String link : page.links()) {
                if (destination(page, link) instanceof Destination.Nowhere nowhere) {
                    problems.add(page.source() + ": the link (" + link + ") " + nowhere.why());
                }
            }
        }
        problems.addAll(unlisted());
        return problems;
    }

    private List<String> unlisted() throws IOException {
        List<String> problems = new ArrayList<>();
        for (String file : markdown()) {
            if (!pages.containsKey(file)) {
                problems.add(file + " is not in " + Navigation.FILE + ": add a line with its path and a title");
            }
        }
        List<String> listed = navigation.pages();
        Set<String> once = new TreeSet<>();
        listed.stream()
                .filter(page -> !once.add(page))
                .forEach(page -> problems.add(page + " is in " + Navigation.FILE + " twice"));
        for (Navigation.Entry entry : navigation.entries()) {
            Page index = page(entry.page());
            for (String below : entry.below()) {
                if (index.links().stream().noneMatch(link -> leadsTo(index, link, below))) {
                    problems.add(below + " has no link from " + entry.page());
                }
            }
        }
        return problems;
    }

    private boolean leadsTo(Page from, String link, String source) {
        return destination(from, link) instanceof Destination.ToPage to
                && to.page().source().equals(source);
    }

    private List<String> markdown() throws IOException {
        List<String> found = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            try (Stream<Path> files = Files.find(root.resolve(directory), 1, Site::isMarkdown)) {
                files.map(this::source).forEach(found::add);
            }
        }
        try (Stream<Path> files = Files.find(root.resolve(DOCS), Integer.MAX_VALUE, Site::isMarkdown)) {
            files.map(this::source).filter(file -> !file.startsWith(TOOLS)).forEach(found::add);
        }
        return found.stream().sorted().toList();
    }

    private static boolean isMarkdown(Path file, BasicFileAttributes attributes) {
        return attributes.isRegularFile() && file.toString().endsWith(".md");
    }

    private String source(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    Page page(String source) {
        Page page = pages.get(source);
        if (page == null) {
            throw new IllegalArgumentException("no page " + source);
        }
        return page;
    }

    /** Writes the pages, the files they link to, and the style. */
    void write(Path target) throws IOException {
        Layout layout = Layout.of(this);
        Set<String> files = new TreeSet<>();
        for (Page page : pages.values()) {
            Path file = target.resolve(page.target());
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, layout.html(page));
            for (String link : page.links()) {
                if (destination(page, link) instanceof Destination.ToFile other) {
                    files.add(other.file());
                }
            }
        }
        for (String file : files) {
            Path copy = target.resolve(Page.targetOf(file));
            Files.createDirectories(copy.resolveSibling("."));
            Files.copy(root.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(target.resolve(Layout.STYLE), Layout.style());
    }
}
