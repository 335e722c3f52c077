package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalClusterTest {

    @Test
    void readsTheAttributesOfAnAgent() {
        assertThat(LocalCluster.attributes("rack:a")).isEqualTo(Map.of("rack", "a"));
        assertThat(LocalCluster.attributes(" rack:a ; url:http://x:1;"))
                .isEqualTo(Map.of("rack", "a", "url", "http://x:1"));
        assertThat(LocalCluster.attributes("")).isEmpty();
    }

    @Test
    void refusesAttributesWithoutANameOrAText() {
        for (String wrong : new String[] {"rack", ":a", "rack:a;b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LocalCluster.attributes(wrong))
                    .withMessageContaining("muster.local-mesos.attributes");
        }
    }
}
