package io.muster.pods.imports;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Instructions;
import io.muster.pods.PodLockedException;
import io.muster.pods.Pods;
import io.muster.pods.PodsSettings;
import io.muster.pods.application.ImportedVersions;
import io.muster.pods.application.ImportedVersions.Outcome;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.PodRefusal;
import io.muster.pods.imports.PodReport.IgnoredMembers;
import io.muster.pods.imports.PodReport.Problem;
import io.muster.pods.imports.PodReport.RefusedVersion;
import io.muster.pods.imports.PodReport.Start;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Takes over one pod after the other. What cannot be taken is reported, and keeps nothing else from being taken. */
@Component
class PodImport {

    private final ImportedVersions imported;
    private final Pods pods;
    private final PodChanges changes;
    private final PodsSettings settings;

    PodImport(ImportedVersions imported, Pods pods, PodChanges changes, PodsSettings settings) {
        this.imported = imported;
        this.pods = pods;
        this.changes = changes;
        this.settings = settings;
    }

    /**
     * How to go about it.
     *
     * @param dryRun report what would be done, and do nothing
     * @param start create the pods here, besides their history
     * @param who the name of the authenticated user
     */
    record Mode(boolean dryRun, boolean start, Optional<String> who) {}

    PodReport take(Marathon source, String pod, Mode mode) {
        Reader reader = new Reader(pod);
        Start start;
        try {
            reader.readAll(source);
            start = mode.start()
                    ? start(read(source.definition(pod), settings.features()), mode)
                    : new Start.NotAsked();
        } catch (Marathon.Unreadable unreadable) {
            start = new Start.Refused(Problem.of(String.valueOf(unreadable.getMessage())));
        }
        return reader.report(mode, start);
    }

    /** The versions of one pod, as far as they could be read. */
    private final class Reader {
        private final String pod;
        private final SortedMap<Version, PodDefinition> readable = new TreeMap<>();
        private final List<RefusedVersion> refused = new ArrayList<>();
        private final List<IgnoredMembers> ignored = new ArrayList<>();

        Reader(String pod) {
            this.pod = pod;
        }

        void readAll(Marathon source) {
            for (String text : source.versions(pod)) {
                Optional<Version> version = Version.parse(text);
                if (version.isEmpty()) {
                    refused.add(new RefusedVersion(text, Problem.of("is no ISO-8601 date-time")));
                } else {
                    read(source, text, version.get());
                }
            }
        }

        private void read(Marathon source, String text, Version version) {
            Reading reading;
            try {
                reading = PodImport.read(source.version(pod, text), ofThePast(settings.features()));
            } catch (Marathon.Unreadable unreadable) {
                refused.add(new RefusedVersion(text, Problem.of(String.valueOf(unreadable.getMessage()))));
                return;
            }
            if (!(reading instanceof Reading.Accepted accepted)) {
                refused.add(new RefusedVersion(text, problem(reading)));
            } else if (!accepted.pod().id().text().equals(PodId.canonical(pod))) {
                refused.add(new RefusedVersion(
                        text, Problem.of("is a definition of " + accepted.pod().id())));
            } else {
                readable.put(version, accepted.pod());
                if (!accepted.unknown().isEmpty()) {
                    ignored.add(new IgnoredMembers(text, accepted.unknown()));
                }
            }
        }

        PodReport report(Mode mode, Start start) {
            List<String> taken = new ArrayList<>();
            List<String> known = new ArrayList<>();
            outcomes(mode).forEach((version, outcome) -> {
                String text = version.toString();
                switch (outcome) {
                    case TAKEN -> taken.add(text);
                    case KNOWN -> known.add(text);
                    case CONFLICTING ->
                        refused.add(new RefusedVersion(
                                text, Problem.of("another definition is stored under this version, and stays")));
                    case PURGED ->
                        refused.add(new RefusedVersion(text, Problem.of("was purged here, and is not brought back")));
                    case IN_THE_FUTURE -> refused.add(new RefusedVersion(text, Problem.of("lies in the future")));
                }
            });
            return new PodReport(pod, taken, known, refused, ignored, start);
        }

        private SortedMap<Version, Outcome> outcomes(Mode mode) {
            if (readable.isEmpty()) {
                return new TreeMap<>();
            }
            PodId id = PodId.of(pod);
            return mode.dryRun() ? imported.preview(id, readable) : imported.take(id, readable, mode.who());
        }
    }

    /** What once ran elsewhere may have asked for what this server does not offer; its history is kept all the same. */
    private static PodFeatures ofThePast(PodFeatures here) {
        return new PodFeatures(here.defaultNetwork(), here.role(), true, true, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private static Reading read(byte[] document, PodFeatures features) {
        return PodJson.read(document, features, false);
    }

    private Start start(Reading reading, Mode mode) {
        if (!(reading instanceof Reading.Accepted accepted)) {
            return new Start.Refused(problem(reading));
        }
        if (pods.find(accepted.pod().id()).isPresent()) {
            return new Start.Present();
        }
        if (mode.dryRun()) {
            return new Start.Accepted(Optional.empty());
        }
        try {
            return new Start.Accepted(Optional.of(changes.create(accepted.pod(), Instructions.of(false, mode.who()))
                    .deployment()));
        } catch (PodRefusal | PodLockedException refusal) {
            return new Start.Refused(Problem.of(String.valueOf(refusal.getMessage())));
        }
    }

    private static Problem problem(Reading refused) {
        return switch (refused) {
            case Reading.Accepted accepted -> throw new IllegalArgumentException("was accepted");
            case Reading.NotJson(String problem) -> Problem.of("Invalid JSON: " + problem);
            case Reading.Malformed(var violations) -> new Problem("Invalid JSON", violations);
            case Reading.Invalid(var violations) -> new Problem("Object is not valid", violations);
        };
    }
}
