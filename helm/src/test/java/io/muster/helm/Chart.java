package io.muster.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The chart of this module, rendered by Helm as a release {@code shop} in the namespace {@code orchestration}. Hooks are
 * among what it renders, though this way of calling Helm leaves them out: it is given a copy of the chart in which the
 * annotations of hooks have another name ({@link #HOOK}).
 */
final class Chart {

    static final Path DIRECTORY = Path.of("muster").toAbsolutePath();
    static final String RELEASE = "shop";

    /** What an installation says at least. */
    static final String LEAST = """
            database:
              url: jdbc:postgresql://db.example:5432/muster
              app: {existingSecret: database-app}
              owner: {existingSecret: database-owner}
            mesos:
              masters: [http://m1.example:5050, http://m2.example:5050]
            security:
              mode: basic
              users: {existingSecret: muster-users}
            """;

    static final String HOOK = "test/hook";

    private static final Path RENDERED =
            Path.of("target", "chart-without-hooks").toAbsolutePath();
    private static final String KUBERNETES = "1.34.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static boolean copied;

    private Chart() {}

    /**
     * With the least values, and these on top of them, the later before the earlier.
     *
     * @throws IllegalStateException if Helm or the chart refuses the values
     */
    static Manifests render(String... more) {
        var layers = new ArrayList<String>();
        layers.add(LEAST);
        layers.addAll(List.of(more));
        return renderAlone(KUBERNETES, layers);
    }

    /** With nothing but these values. */
    static Manifests renderAlone(String kubernetes, List<String> layers) {
        return withFiles(layers, files -> {
            TemplateCommand command = new Helm(copy())
                    .template()
                    .withName(RELEASE)
                    .withNamespace("orchestration")
                    .withKubeVersion(kubernetes);
            files.forEach(command::withValuesFile);
            return new Manifests(documents(command.call()));
        });
    }

    /** With the values of the chart alone; what it refuses is passed over. */
    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /** One text of YAML as a tree; a key that is there twice is refused, as Kubernetes does. */
    static JsonNode yaml(String text) {
        return documents(text).getFirst();
    }

    /** What an operator is told after the installation; rendered by a template that quotes it. */
    static String notes(String... more) {
        try {
            Path chart = copy();
            Files.copy(
                    DIRECTORY.resolve("templates/NOTES.txt"),
                    chart.resolve("NOTES.txt"),
                    StandardCopyOption.REPLACE_EXISTING);
            Path quoting = chart.resolve("templates/quoted-notes.yaml");
            Files.writeString(quoting, """
                    apiVersion: v1
                    kind: QuotedNotes
                    metadata: {name: notes}
                    text: {{ tpl (.Files.Get "NOTES.txt") . | quote }}
                    """);
            try {
                return render(more).only("QuotedNotes").at("/text").asText();
            } finally {
                Files.delete(quoting);
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static synchronized Path copy() {
        if (copied) {
            return RENDERED;
        }
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path target = RENDERED.resolve(DIRECTORY.relativize(file));
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.writeString(target, Files.readString(file).replace("helm.sh/hook", HOOK));
            }
            copied = true;
            return RENDERED;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static List<JsonNode> documents(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var documents = new ArrayList<JsonNode>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
            if (document != null) {
                documents.add(Objects.requireNonNull(JSON.<JsonNode>valueToTree(document)));
            }
        }
        return List.copyOf(documents);
    }

    private interface Use<T> {
        T with(List<Path> files);
    }

    private static <T> T withFiles(List<String> texts, Use<T> use) {
        var files = new ArrayList<Path>();
        try {
            for (String text : texts) {
                files.add(Files.writeString(Files.createTempFile("values", ".yaml"), text));
            }
            return use.with(files);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }
}
