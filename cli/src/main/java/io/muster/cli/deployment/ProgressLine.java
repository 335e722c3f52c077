package io.muster.cli.deployment;

import io.muster.cli.shell.World;
import io.muster.cli.text.Plain;

/** One line on stderr that is drawn again on a terminal, and elsewhere written again when it says something else. */
final class ProgressLine {

    private static final String ERASE = "\r\u001b[K";

    private final World world;
    private String last = "";

    ProgressLine(World world) {
        this.world = world;
    }

    /** @param elapsed shown on terminals only, since it always changes */
    void show(String text, String elapsed) {
        String line = Plain.line(text);
        if (world.terminal()) {
            world.err().print(ERASE + line + " (" + elapsed + ")");
            world.err().flush();
        } else if (!line.equals(last)) {
            world.err().println(line);
        }
        last = line;
    }

    /** Before something else is written. */
    void end() {
        if (world.terminal() && !last.isEmpty()) {
            world.err().print(ERASE);
            world.err().flush();
        }
        last = "";
    }
}
