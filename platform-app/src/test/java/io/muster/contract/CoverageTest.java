package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No line of the contract is without a test. */
class CoverageTest {

    private static final int LINES = 98;
    private static final Pattern ROW = Pattern.compile("row(\\d{3})_");

    @Test
    void everyLineOfTheContractHasATestThatNamesIt() {
        var tested = new TreeSet<Integer>();
        for (Class<?> tests : List.of(
                SurfaceContractTest.class,
                CreateContractTest.class,
                DefinitionContractTest.class,
                UpdateContractTest.class,
                VersionsContractTest.class,
                StatusDuringUpdateTest.class,
                StatusContractTest.class,
                InstancesContractTest.class,
                ReplicasContractTest.class)) {
            Arrays.stream(tests.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(method -> ROW.matcher(method.getName()))
                    .flatMap(Matcher::results)
                    .forEach(row -> tested.add(Integer.parseInt(row.group(1))));
        }

        assertThat(tested)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LINES).boxed().toList());
    }
}
