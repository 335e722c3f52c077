package io.muster.benchmarks;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The pods that loads are made of. */
final class Definitions {

    private Definitions() {}

    /** With all that definitions of services commonly have: endpoints, checks, mounts, variables, labels. */
    static String withContainers(String id, int containers) {
        String each = IntStream.range(0, containers).mapToObj("""
                        {"name":"c%1$d",
                         "exec":{"command":{"shell":"exec ./serve --port $ENDPOINT_WEB%1$d"}},
                         "image":{"kind":"DOCKER","id":"shop/serve:2.4","forcePull":false},
                         "resources":{"cpus":0.25,"mem":96.5,"disk":20,"gpus":0},
                         "endpoints":[{"name":"web%1$d","hostPort":0,"protocol":["tcp"],"labels":{"VIP_0":"/web:80"}}],
                         "healthCheck":{"http":{"endpoint":"web%1$d","path":"/alive"},"intervalSeconds":15,
                                        "timeoutSeconds":4},
                         "environment":{"LEVEL":"info","REGION":"north"},
                         "volumeMounts":[{"name":"spool","mountPath":"out"}],
                         "labels":{"part":"front"},
                         "lifecycle":{"killGracePeriodSeconds":12}}"""::formatted).collect(Collectors.joining(",\n"));
        return """
                {"id":"%s",
                 "labels":{"team":"coast"},
                 "environment":{"TZ":"UTC"},
                 "volumes":[{"name":"spool"}],
                 "networks":[{"mode":"host"}],
                 "containers":[%s],
                 "scaling":{"kind":"fixed","instances":0},
                 "scheduling":{"upgrade":{"minimumHealthCapacity":0.5,"maximumOverCapacity":0.25}}}
                """.formatted(id, each);
    }

    /** One container that sleeps, with the least that Mesos gives. */
    static String sleeping(String id, int instances) {
        return """
                {"id":"%s","containers":[{"name":"sleep","exec":{"command":{"shell":"exec sleep 100000"}},
                 "resources":{"cpus":0.01,"mem":1}}],
                 "executorResources":{"cpus":0.01,"mem":32,"disk":10},
                 "scaling":{"kind":"fixed","instances":%d}}""".formatted(id, instances);
    }
}
