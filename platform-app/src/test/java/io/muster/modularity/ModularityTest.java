package io.muster.modularity;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house as it was meant to be built, and the proof that each rule would notice if it were not. */
class ModularityTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.muster");

    /** Below this root stand classes that break every rule. */
    private static final String BROKEN = "io.muster.broken";

    @TestFactory
    Stream<DynamicTest> theHouseKeepsItsRules() {
        return new HouseRules("io.muster")
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(HOUSE)));
    }

    @Test
    void everyFloorIsLookedAt() {
        Set<String> floors = HOUSE.stream()
                .map(type -> type.getPackageName().replaceFirst("^io\\.muster\\.?([^.]*).*$", "$1"))
                .collect(Collectors.toSet());

        assertThat(floors)
                .contains("db", "history", "events", "pods", "deploy", "mesos", "localmesos", "platform", "cli");
        assertThat(HOUSE.size()).as("classes").isGreaterThan(300);
    }

    @TestFactory
    Stream<DynamicTest> eachRuleNoticesABrokenHouse() {
        JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
        Map<String, ArchRule> rules = new HouseRules(BROKEN).all();
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().evaluate(broken).hasViolation())
                                .isTrue()));
    }
}
