package io.muster.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.Map;

/**
 * Whether a manifest is one of its kind: no field that the kind does not have, none missing that it needs, none of another
 * type. What servers check beyond that, such as that a port is not above 65535, is not looked at.
 */
final class KubernetesTypes {

    private interface Check {
        void check(JsonElement manifest) throws IOException;
    }

    private static final Map<String, Check> CHECKS = Map.of(
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
            "batch/v1 Job", V1Job::validateJsonElement,
            "networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

    private static final Map<String, Class<?>> RESOURCES = Map.of(
            "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

    private static final ObjectMapper STRICT = strict();

    static {
        // Its types find each other by what the first instance of this sets up.
        new JSON();
    }

    private KubernetesTypes() {}

    /**
     * @throws IllegalArgumentException if the manifest is none of its kind, or the kind is not known
     */
    static void check(JsonNode manifest) {
        String type = manifest.at("/apiVersion").asText() + " " + Manifests.kind(manifest);
        Class<?> resource = RESOURCES.get(type);
        Check known = CHECKS.get(type);
        try {
            if (resource != null) {
                STRICT.treeToValue(manifest, resource);
            } else if (known != null) {
                known.check(JsonParser.parseString(manifest.toString()));
            } else {
                throw new IllegalArgumentException("nobody knows the kind " + type);
            }
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException(unfit.getMessage(), unfit);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    /** These types would keep what they do not know; here it is refused. */
    private static ObjectMapper strict() {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated member) {
                        return false;
                    }
                });
    }
}
