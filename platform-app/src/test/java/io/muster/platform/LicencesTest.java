package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Muster is made of may be passed on with it. The list is made by the build and is in the jar. */
class LicencesTest {

    /** Of a component with several, one is enough: it is offered under any of them. */
    private static final Set<String> GOOD =
            Set.of("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT", "Go License");

    @Test
    void everyComponentHasALicenceThatWeMayPassOn() throws IOException {
        List<JsonNode> components = components();

        assertThat(components).hasSizeGreaterThan(50);
        assertThat(components)
                .allMatch(component -> licences(component).anyMatch(GOOD::contains), "has one of " + GOOD);
    }

    @Test
    void whatOnlyTestsNeedIsNotAmongThem() throws IOException {
        assertThat(components())
                .extracting(component -> component.path("name").asString())
                .contains("spring-boot", "postgresql", "mesos", "local-mesos")
                .doesNotContain("assertj-core", "junit-jupiter", "cli");
    }

    private static List<JsonNode> components() throws IOException {
        try (InputStream bom = LicencesTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            return new JsonMapper()
                    .readTree(Objects.requireNonNull(bom, "the build made no list"))
                    .get("components")
                    .valueStream()
                    .toList();
        }
    }

    /** By their names of SPDX where they have one, else as the component calls them. */
    private static Stream<String> licences(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .map(licence -> licence.path("license"))
                .flatMap(licence -> Stream.of(licence.path("id"), licence.path("name")))
                .map(name -> name.asString(""));
    }
}
