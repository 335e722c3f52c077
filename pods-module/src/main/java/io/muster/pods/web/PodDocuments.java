package io.muster.pods.web;

import io.muster.history.History.VersionKey;
import io.muster.pods.Pods;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.BoundedCache;
import io.muster.pods.json.PodJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Versions as they are sent, in UTF-8. A version never changes, so that what was made of it can be kept. */
@Component
class PodDocuments {

    /** In bytes: 20,000 pods of 800. */
    private static final long REMEMBERED = 16L << 20;

    private final Pods pods;
    private final BoundedCache<VersionKey, byte[]> lately = new BoundedCache<>(REMEMBERED, document -> document.length);

    PodDocuments(Pods pods) {
        this.pods = pods;
    }

    byte[] of(VersionedPod pod) {
        var key = new VersionKey(pod.id(), pod.version());
        return lately.find(key).orElseGet(() -> {
            byte[] document = write(pod);
            lately.put(key, document);
            return document;
        });
    }

    /** In the order of the keys; by one query at most, for those that are not remembered. */
    List<byte[]> of(List<VersionKey> keys) {
        Map<VersionKey, byte[]> found = new HashMap<>();
        List<VersionKey> unwritten = new ArrayList<>();
        for (VersionKey key : keys) {
            lately.find(key).ifPresentOrElse(document -> found.put(key, document), () -> unwritten.add(key));
        }
        for (VersionedPod pod : pods.versions(unwritten)) {
            var key = new VersionKey(pod.id(), pod.version());
            byte[] document = write(pod);
            lately.putIfRoom(key, document);
            found.put(key, document);
        }
        return keys.stream().map(key -> Objects.requireNonNull(found.get(key))).toList();
    }

    static byte[] write(VersionedPod pod) {
        return PodJson.write(pod).toString().getBytes(StandardCharsets.UTF_8);
    }
}
