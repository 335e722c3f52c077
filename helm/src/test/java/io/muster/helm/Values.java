package io.muster.helm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Values that installations may have, by what they are about; most of them go together. */
final class Values {

    private static final long SEED = 20261123;
    private static final int MIXTURES = 40;

    /** The database of the trial leaves out what names another. */
    static final String TRIAL = """
            database: {url: "", app: {existingSecret: ""}, owner: {existingSecret: ""}}
            postgresql: {enabled: true, existingSecret: trial, storage: {className: fast}}
            """;

    private static final Map<String, String> FEATURES = features();

    private Values() {}

    private static Map<String, String> features() {
        var features = new LinkedHashMap<String, String>();
        features.put("tokens", "security: {mode: jwt, jwt: {issuer: 'https://id.example/muster', audience: muster}}");
        features.put("one replica", "replicaCount: 1");
        features.put("many replicas", """
                replicaCount: 7
                podDisruptionBudget: {maxUnavailable: 40%}
                topologySpread: {zone: DoNotSchedule, node: DoNotSchedule}
                """);
        features.put("tls", "tls: {existingSecret: muster-tls, management: true}");
        features.put("tls of the API alone", "tls: {existingSecret: muster-tls}");
        features.put("ingress", """
                ingress:
                  enabled: true
                  className: outer
                  annotations: {example/timeout: '300'}
                  hosts: [{host: muster.example}, {host: pods.example, paths: [/v2, /ping]}]
                  tls: [{secretName: muster-outside, hosts: [muster.example]}]
                """);
        features.put("watched", """
                metrics:
                  serviceMonitor:
                    enabled: true
                    labels: {release: prometheus}
                    endpoint: {basicAuth: {username: {name: scraper, key: user}, password: {name: scraper, key: password}}}
                  prometheusRule: {enabled: true, labels: {release: prometheus}}
                  dashboards: {enabled: true, annotations: {grafana_folder: Muster}}
                """);
        features.put("libmesos", """
                mesos:
                  masters: ['zk://z1.example:2181,z2.example:2181/mesos']
                  transport: jni
                  nativeLibrary: /opt/mesos/lib/libmesos.so
                networkPolicy: {mesosPorts: [5050, 2181]}
                """);
        features.put("a password for the masters", """
                mesos: {principal: muster, credentials: {existingSecret: mesos}, ca: {existingSecret: mesos-ca}}
                """);
        features.put("a token for the masters", """
                mesos: {credentials: {existingSecret: mesos, key: token, kind: token, tokenForm: dcos}}
                """);
        features.put("an authority for the database", "database: {ca: {existingSecret: database-ca, key: root.pem}}");
        features.put("migration by a job", "migration: {mode: job}");
        features.put("migration by somebody else", "migration: {mode: none}");
        features.put("one role for the database", "database: {owner: {existingSecret: ''}}");
        features.put("an image elsewhere", """
                image:
                  repository: images.example/orchestration/muster
                  digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                  pullSecrets: [images]
                """);
        features.put("a narrow network", """
                networkPolicy:
                  apiFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}]
                  managementFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
                  databaseTo: [{ipBlock: {cidr: 10.1.0.0/24}}]
                  databasePort: 6432
                  mesosTo: [{ipBlock: {cidr: 10.2.0.0/24}}]
                  extraEgress: [{ports: [{port: 4318}]}]
                  extraIngress: [{ports: [{port: 8081}], from: [{podSelector: {matchLabels: {app: probe}}}]}]
                """);
        features.put("no rules for the network", "networkPolicy: {enabled: false}");
        features.put("an account of somebody else", "serviceAccount: {create: false, name: workloads}");
        features.put("names", "nameOverride: orchestrator\nfullnameOverride: the-one");
        features.put("a place", """
                nodeSelector: {kubernetes.io/arch: amd64}
                tolerations: [{key: dedicated, operator: Equal, value: control, effect: NoSchedule}]
                priorityClassName: important
                affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1,
                  podAffinityTerm: {topologyKey: rack, labelSelector: {matchLabels: {app: muster}}}}]}}
                """);
        features.put("more of everything", """
                commonLabels: {team: platform}
                podLabels: {mesh: 'off'}
                podAnnotations: {example/note: here}
                service: {type: LoadBalancer, port: 443, annotations: {example/internal: 'true'}}
                ports: {api: 9000, management: 9001}
                listenAddress: '::'
                logFormat: text
                config: {muster: {engine: {launch-tokens: 100}}}
                jvm: {options: [-Xlog:gc]}
                extraEnv: [{name: TZ, value: UTC}]
                extraEnvFrom: [{secretRef: {name: more}}]
                extraVolumes: [{name: more, emptyDir: {}}]
                extraVolumeMounts: [{name: more, mountPath: /more}]
                """);
        return Collections.unmodifiableMap(features);
    }

    /** Each by itself, and mixtures that are made up, the same in each run. Mixtures with the trial have no job. */
    static Stream<Named<List<String>>> combinations() {
        Stream<Named<List<String>>> single =
                FEATURES.entrySet().stream().map(feature -> Named.of(feature.getKey(), List.of(feature.getValue())));
        Stream<Named<List<String>>> trial = Stream.of(Named.of("trial", List.of(TRIAL)));
        Stream<Named<List<String>>> mixtures = IntStream.range(0, MIXTURES).mapToObj(n -> mixture(SEED + n));
        return Stream.of(Stream.of(Named.of("the least", List.<String>of())), single, trial, mixtures)
                .flatMap(each -> each);
    }

    private static Named<List<String>> mixture(long seed) {
        var random = new Random(seed);
        var chosen = new ArrayList<>(FEATURES.keySet());
        Collections.shuffle(chosen, random);
        chosen.subList(2 + random.nextInt(8), chosen.size()).clear();
        List<String> layers = chosen.stream().map(FEATURES::get).collect(Collectors.toCollection(ArrayList::new));
        if (random.nextInt(4) == 0) {
            chosen.add("trial");
            layers.add(TRIAL);
            layers.add("migration: {mode: init}");
        }
        return Named.of(seed + ": " + String.join(", ", chosen), List.copyOf(layers));
    }

    /** A text that is not one of these has been forgotten in the table. */
    static String feature(String name) {
        String values = FEATURES.get(name);
        if (values == null) {
            throw new IllegalArgumentException(name);
        }
        return values;
    }
}
