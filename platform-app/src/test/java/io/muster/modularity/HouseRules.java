package io.muster.modularity;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The rules of the house, for the packages below one root, so that they can be tried on a house that breaks them. */
final class HouseRules {

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    /** By name, so that a failure says which one was broken. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("each floor uses only floors below it", floors());
        rules.put("a model is plain Java", plainModels());
        rules.put("a model does not look at the clock or the dice", deterministicModels());
        rules.put("Mesos messages stay in the adapter and the local Mesos", messages());
        rules.put("entities stay in persistence", entities());
        rules.put("packages form no cycles", cycles());
        return rules;
    }

    private ArchRule floors() {
        return Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + "..")
                .withOptionalLayers(true)
                .layer("platform")
                .definedBy(root, root + ".platform..")
                .layer("mesos")
                .definedBy(root + ".mesos..")
                .layer("deploy")
                .definedBy(root + ".deploy..")
                .layer("pods")
                .definedBy(root + ".pods..")
                .layer("events")
                .definedBy(root + ".events..")
                .layer("history")
                .definedBy(root + ".history..")
                .layer("db")
                .definedBy(root + ".db..")
                .layer("localmesos")
                .definedBy(root + ".localmesos..")
                .layer("cli")
                .definedBy(root + ".cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotAccessAnyLayer()
                .whereLayer("platform")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("localmesos")
                .mayOnlyBeAccessedByLayers("platform")
                .whereLayer("mesos")
                .mayOnlyBeAccessedByLayers("platform")
                .whereLayer("deploy")
                .mayOnlyBeAccessedByLayers("platform", "mesos")
                .whereLayer("pods")
                .mayOnlyBeAccessedByLayers("platform", "mesos", "deploy")
                .whereLayer("events")
                .mayOnlyBeAccessedByLayers("platform", "mesos", "deploy", "pods")
                .whereLayer("history")
                .mayOnlyBeAccessedByLayers("platform", "mesos", "deploy", "pods", "events")
                .whereLayer("db")
                .mayOnlyBeAccessedByLayers("platform", "mesos", "deploy", "pods", "events", "history");
    }

    private ArchRule plainModels() {
        return classes()
                .that()
                .resideInAnyPackage(root + "..model..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.math..",
                        "java.nio.charset..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        root + ".history",
                        root + ".pods",
                        root + ".deploy.cluster",
                        root + "..model.."))
                .allowEmptyShould(true);
    }

    private ArchRule deterministicModels() {
        return noClasses()
                .that()
                .resideInAnyPackage(root + "..model..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .allowEmptyShould(true);
    }

    private ArchRule messages() {
        return noClasses()
                .that()
                .resideInAnyPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root + ".mesos..", root + ".localmesos..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "org.apache.mesos..")
                .allowEmptyShould(true);
    }

    private ArchRule entities() {
        return noClasses()
                .that()
                .resideInAnyPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + "..persistence..")
                .should()
                .beAnnotatedWith("jakarta.persistence.Entity")
                .orShould()
                .dependOnClassesThat(
                        resideInAnyPackage(root + "..persistence..").and(annotatedWith("jakarta.persistence.Entity")))
                .allowEmptyShould(true);
    }

    private ArchRule cycles() {
        return slices().matching(root + ".(*).(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }
}
