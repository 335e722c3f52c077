package io.muster.mesos.launch;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;

/** The text form of messages, with small ones on one line, so that a person can read it. */
final class MessageText {

    private static final int WIDTH = 110;

    private MessageText() {}

    static String of(Message message) {
        List<String> lines = new ArrayList<>();
        for (String line : TextFormat.printer().printToString(message).lines().toList()) {
            lines.add(line);
            if (line.strip().equals("}")) {
                foldLastBlock(lines);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Puts the block that ends here on one line, unless a part of it is too long for that already. */
    private static void foldLastBlock(List<String> lines) {
        int indent = indent(lines.getLast());
        int begin = lines.size() - 2;
        while (indent(lines.get(begin)) > indent) {
            begin--;
        }
        List<String> block = lines.subList(begin, lines.size());
        String folded = " ".repeat(indent)
                + String.join(" ", block.stream().map(String::strip).toList());
        boolean flat = block.subList(1, block.size() - 1).stream()
                .allMatch(line -> indent(line) == indent + 2 && !line.endsWith("{"));
        if (flat && folded.length() <= WIDTH) {
            block.clear();
            lines.add(folded);
        }
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
