package io.muster.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeighboursTest {

    private static final Set<Condition> LOST = EnumSet.of(
            Condition.GONE,
            Condition.DROPPED,
            Condition.UNREACHABLE,
            Condition.UNREACHABLE_INACTIVE,
            Condition.UNKNOWN);

    @ParameterizedTest
    @EnumSource(Condition.class)
    void countsAllThatAreNotLostAlsoThoseBeingEnded(Condition condition) {
        for (Goal goal : Goal.values()) {
            Instance instance = Instances.withTasks(goal, condition);
            List<Agent> expected = LOST.contains(condition) ? List.of() : List.of(Instances.AGENT);

            assertThat(Neighbours.of(List.of(instance))).isEqualTo(expected);
        }
    }

    @Test
    void countsNoneThatWaitForTheirPlace() {
        Instance waiting = Instances.scheduled(1, "hash");

        assertThat(Neighbours.of(List.of(waiting))).isEmpty();
        assertThat(Neighbours.changed(waiting, null)).isFalse();
    }

    @Test
    void changesWithEveryInstanceThatComesToCountOrCeasesTo() {
        Instance waiting = Instances.scheduled(1, "hash");
        Instance running = Instances.withTasks(Goal.RUNNING, Condition.RUNNING);
        Instance unreachable = Instances.withTasks(Goal.RUNNING, Condition.UNREACHABLE);

        assertThat(Neighbours.changed(waiting, running)).isTrue();
        assertThat(Neighbours.changed(running, unreachable)).isTrue();
        assertThat(Neighbours.changed(unreachable, running)).isTrue();
        assertThat(Neighbours.changed(running, null)).isTrue();
        assertThat(Neighbours.changed(running, Instances.withTasks(Goal.DECOMMISSIONED, Condition.KILLING)))
                .isFalse();
        assertThat(Neighbours.changed(unreachable, null)).isFalse();
    }

    @Test
    void readsTheFieldsOfAnAgent() {
        Agent agent = new Agent("S1", "host-1", "west", "w-1", Map.of("rack", "r-1", "@region", "not this"));

        assertThat(agent.field("hostname")).contains("host-1");
        assertThat(agent.field("@hostname")).contains("host-1");
        assertThat(agent.field("@region")).contains("west");
        assertThat(agent.field("@zone")).contains("w-1");
        assertThat(agent.field("rack")).contains("r-1");
        assertThat(agent.field("Rack")).isEqualTo(Optional.empty());
        assertThat(new Agent("S1", "host-1", null, null).field("@zone")).isEmpty();
    }
}
