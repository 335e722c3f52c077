package io.muster.pods.json;

import io.muster.pods.model.Constraint;
import io.muster.pods.model.Volume;
import io.muster.pods.model.Volume.DiskType;
import java.util.List;
import java.util.Map;

/** Reads one element of {@code volumes}. */
final class VolumeReader {

    private static final Map<String, DiskType> DISK_TYPES = PodReader.literals(DiskType.values());

    private VolumeReader() {}

    /** By the member that tells the kinds apart; a broken one never falls back to a volume that loses its data. */
    static Volume read(JsonCursor volume) {
        String name = PodReader.demanded(volume, "name", TextRule.NAME);
        JsonCursor persistent = volume.member("persistent");
        if (persistent.isPresent()) {
            volume.passOver("secret", "persistent");
            volume.passOver("host", "persistent");
            return persistent(name, persistent.object());
        }
        JsonCursor secret = volume.member("secret");
        if (secret.isPresent()) {
            volume.passOver("host", "secret");
            return new Volume.Secret(name, secret.text(TextRule.NOT_EMPTY, ""));
        }
        JsonCursor host = volume.member("host");
        return host.isPresent() ? new Volume.Host(name, host.text(TextRule.ANY, "")) : new Volume.Ephemeral(name);
    }

    private static Volume persistent(String name, JsonCursor disk) {
        String profile = disk.member("profileName").textOrNull(TextRule.ANY);
        return new Volume.Persistent(
                name,
                disk.required("size").integer(0, 0, Integer.MAX_VALUE),
                disk.member("type").literal(DISK_TYPES, profile == null ? DiskType.ROOT : DiskType.MOUNT),
                disk.member("maxSize").integerOrNull(0, Integer.MAX_VALUE),
                profile,
                disk.member("constraints").elements(VolumeReader::constraint));
    }

    /** Any other form than {@code ["path", "LIKE", <regular expression>]} made Marathon answer with a 500. */
    private static Constraint constraint(JsonCursor constraint) {
        List<String> parts = constraint.texts(TextRule.ANY);
        boolean wellFormed = parts.size() == 3
                && parts.get(0).equals("path")
                && parts.get(1).equalsIgnoreCase(Constraint.Operator.LIKE.name());
        if (!wellFormed && (constraint.isArray() || !constraint.isPresent())) {
            constraint.report("must be [\"path\", \"LIKE\", \"<regular expression>\"]");
        }
        return new Constraint("path", Constraint.Operator.LIKE, wellFormed ? parts.get(2) : "");
    }
}
