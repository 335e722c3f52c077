package io.muster.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/** A page as HTML: its text, the navigation around it, and the way to the next one. */
final class Layout {

    static final String STYLE = "site.css";

    private static final String TEMPLATE = "page.html";
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z]+)}");

    private final Site site;
    private final String template;

    private Layout(Site site, String template) {
        this.site = site;
        this.template = template;
    }

    static Layout of(Site site) throws IOException {
        return new Layout(site, resource(TEMPLATE));
    }

    static String style() throws IOException {
        return resource(STYLE);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(Layout.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    String html(Page page) {
        Map<String, String> parts = Map.of(
                "title", escaped(page.title()),
                "root",
                        "../".repeat((int)
                                page.target().chars().filter(c -> c == '/').count()),
                "text", text(page),
                "here", here(page),
                "pages", pages(page),
                "next", next(page));
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
    }

    private String text(Page page) {
        Map<Node, String> anchors = new HashMap<>();
        page.headings().forEach(heading -> anchors.put(heading.node(), heading.anchor()));
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .escapeHtml(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    String anchor = anchors.get(node);
                    if (anchor != null) {
                        attributes.put("id", anchor);
                    }
                    if (node instanceof Link link) {
                        attributes.put("href", address(page, link.getDestination()));
                    }
                    if (node instanceof Image image) {
                        attributes.put("src", address(page, image.getDestination()));
                    }
                    if (tag.equals("pre")) {
                        // Wider than the page, they scroll; so must they for those without a mouse.
                        attributes.put("tabindex", "0");
                    }
                })
                .build()
                .render(page.document());
    }

    /** The address of a link in the site, as seen from this page. */
    private String address(Page from, String link) {
        return switch (site.destination(from, link)) {
            case Destination.ToPage to ->
                relative(from, to.page().target()) + (to.anchor().isEmpty() ? "" : "#" + to.anchor());
            case Destination.ToFile to -> relative(from, Page.targetOf(to.file()));
            case Destination.Outside to -> to.address().toString();
            case Destination.Nowhere nowhere ->
                throw new IllegalArgumentException(from.source() + ": " + link + " " + nowhere.why());
        };
    }

    private static String relative(Page from, String target) {
        if (from.target().equals(target)) {
            return Path.of(target).getFileName().toString();
        }
        Path parent = Path.of(from.target()).getParent();
        Path way = parent == null ? Path.of(target) : parent.relativize(Path.of(target));
        return way.toString().replace('\\', '/');
    }

    /** The sections of this page; nothing if there are fewer than two. */
    private static String here(Page page) {
        List<Page.Heading> sections =
                page.headings().stream().filter(heading -> heading.level() == 2).toList();
        if (sections.size() < 2) {
            return "";
        }
        StringBuilder html = new StringBuilder("<nav class=\"here\" aria-label=\"On this page\">\n<ul>\n");
        sections.forEach(section -> html.append("<li>")
                .append(link("#" + section.anchor(), section.text(), ""))
                .append("</li>\n"));
        return html.append("</ul>\n</nav>").toString();
    }

    private String pages(Page page) {
        StringBuilder html = new StringBuilder();
        for (Navigation.Group group : site.navigation().groups()) {
            html.append("<h2>").append(escaped(group.title())).append("</h2>\n<ul>\n");
            for (Navigation.Entry entry : group.entries()) {
                Page listed = site.page(entry.page());
                String current = listed.equals(page) ? " aria-current=\"page\"" : "";
                html.append("<li>").append(link(relative(page, listed.target()), entry.title(), current));
                if (entry.holds(page.source()) && !entry.below().isEmpty()) {
                    html.append(below(page, entry));
                }
                html.append("</li>\n");
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }

    private String below(Page page, Navigation.Entry entry) {
        StringBuilder html = new StringBuilder("\n<ul>\n");
        for (String source : entry.below()) {
            Page listed = site.page(source);
            String current = source.equals(page.source()) ? " aria-current=\"page\"" : "";
            html.append("<li>")
                    .append(link(relative(page, listed.target()), listed.title(), current))
                    .append("</li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private String next(Page page) {
        List<String> order = site.navigation().pages();
        int following = order.indexOf(page.source()) + 1;
        if (following >= order.size()) {
            return "";
        }
        Page next = site.page(order.get(following));
        return "<p class=\"next\">Next: " + link(relative(page, next.target()), next.title(), "") + "</p>";
    }

    private static String link(String address, String text, String attributes) {
        return "<a href=\"" + escaped(address) + "\"" + attributes + ">" + escaped(text) + "</a>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
