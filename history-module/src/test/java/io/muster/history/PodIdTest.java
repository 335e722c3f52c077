package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodIdTest {

    @ParameterizedTest
    @CsvSource({"/a/b,/a/b", "a/b,/a/b", "//a//b/,/a/b", "/a/./b,/a/b", "/a/../b,/b", "/../a,/a"})
    void isCanonicalHoweverItWasWritten(String raw, String canonical) {
        assertThat(PodId.of(raw)).hasToString(canonical);
    }

    @Test
    void hasAtLeastOneSegment() {
        assertThatIllegalArgumentException().isThrownBy(() -> PodId.of("//"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PodId("a"));
    }

    @Test
    void namesThePodForMesosAndForServiceDiscovery() {
        assertThat(PodId.of("/shop/cart").safePath()).isEqualTo("shop_cart");
        assertThat(PodId.of("/shop/cart").discoveryName()).isEqualTo("cart.shop");
    }
}
