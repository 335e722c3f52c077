import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Does what the README tells its readers to do, and compares what they would see with what the README shows.
 *
 * <p>Each block of kind {@code console} is a sequence of commands, on lines that begin with {@code $}, each followed by
 * its output. In the output, {@code …} stands for any text of one line; one at the end of the block's line also for what
 * follows on it.
 */
class Tour {

    private static final int SECONDS_FOR_ONE_COMMAND = 90;

    private record Step(int line, String command, List<String> output) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Step> steps = steps(Files.readAllLines(Path.of(arguments[0])));
        if (steps.isEmpty()) {
            throw new IllegalStateException("no tour in " + arguments[0]);
        }
        int failed = 0;
        for (Step step : steps) {
            String seen = run(step.command());
            String shown = String.join("\n", step.output());
            boolean same = matches(shown, seen.stripTrailing());
            System.out.println((same ? "ok     " : "FAILED ") + arguments[0] + ":" + step.line() + " " + step.command());
            if (!same) {
                failed++;
                System.out.println("  shown: " + shown + "\n  seen:  " + seen.stripTrailing());
            }
        }
        System.out.println((steps.size() - failed) + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static List<Step> steps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                steps.add(new Step(i + 1, line.substring(2), new ArrayList<>()));
            } else if (inside) {
                steps.get(steps.size() - 1).output().add(line);
            }
        }
        return steps;
    }

    private static boolean matches(String shown, String seen) {
        StringBuilder pattern = new StringBuilder();
        for (String literal : shown.split("…", -1)) {
            pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.matches(pattern.toString(), seen);
    }

    private static String run(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tour", ".out");
        try {
            Process shell = new ProcessBuilder("bash", "-c", command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            shell.getOutputStream().close();
            if (!shell.waitFor(SECONDS_FOR_ONE_COMMAND, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
                return "(no end after " + SECONDS_FOR_ONE_COMMAND + " s)";
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(output);
        }
    }
}
