package io.muster.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A Markdown file, read.
 *
 * @param source from the root of the repository, with slashes
 * @param headings in their order
 * @param links where its links and images lead to, as they are written
 */
record Page(String source, Node document, List<Heading> headings, List<String> links) {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    /**
     * A heading.
     *
     * @param anchor its name in links, unique in its page
     */
    record Heading(int level, String text, String anchor, Node node) {}

    Page {
        headings = List.copyOf(headings);
        links = List.copyOf(links);
    }

    static Page read(Path root, String source) throws IOException {
        Node document = PARSER.parse(Files.readString(root.resolve(source)));
        List<Heading> headings = new ArrayList<>();
        List<String> links = new ArrayList<>();
        Anchors anchors = new Anchors();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Heading heading) {
                String text = text(heading);
                headings.add(new Heading(heading.getLevel(), text, anchors.of(text), heading));
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                links.add(image.getDestination());
                visitChildren(image);
            }
        });
        return new Page(source, document, headings, links);
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak part) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak part) {
                text.append(' ');
            }
        });
        return text.toString();
    }

    /** The first heading. */
    String title() {
        return headings.isEmpty() ? source : headings.getFirst().text();
    }

    /** Where the page is in the site: {@code docs/} is its root, and the README of a directory its index. */
    String target() {
        return targetOf(source);
    }

    /** The same of any file of the repository that is in the site. */
    static String targetOf(String source) {
        String below = source.startsWith("docs/") ? source.substring("docs/".length()) : source;
        if (!below.endsWith(".md")) {
            return below;
        }
        String page = below.endsWith("README.md")
                ? below.substring(0, below.length() - "README.md".length()) + "index"
                : below.substring(0, below.length() - ".md".length());
        return page.toLowerCase(Locale.ROOT) + ".html";
    }
}
