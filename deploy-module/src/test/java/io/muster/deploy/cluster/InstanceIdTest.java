package io.muster.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop", ".instance-1", "shop.instance-", "shop.instance-1.c", "shop.marathon-1", "shop."})
    void refusesWhatIsNoInstanceId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new InstanceId(text));
    }

    @Test
    void swapsItsPartsToNameTheExecutor() {
        assertThat(new InstanceId("shop_cart.v2.instance-5a1e").executorId()).isEqualTo("instance-shop_cart.v2.5a1e");
    }
}
