package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnknownMembersTest {

    @Test
    void namesPathsAsTheyAre() {
        assertThat(UnknownMembers.header(List.of("/containers(0)/healthcheck", "/maxInstances")))
                .isEqualTo("/containers(0)/healthcheck,/maxInstances");
    }

    @Test
    void encodesWhatCouldEndTheHeaderOrLookLikeAnotherPath() {
        assertThat(UnknownMembers.header(List.of("/a\r\nSet-Cookie: x", "/b,/c", "/d%0A", "/\"é\u0000")))
                .isEqualTo("/a%0D%0ASet-Cookie:%20x,/b%2C/c,/d%250A,/%22%C3%A9%00");
    }

    @Test
    void endsWhereTheHeaderWouldBeTooLong() {
        List<String> many = IntStream.range(0, 1000).mapToObj(n -> "/label" + n).toList();
        assertThat(UnknownMembers.header(many))
                .startsWith("/label0,")
                .endsWith(",...")
                .hasSizeLessThanOrEqualTo(1000);
        assertThat(UnknownMembers.header(List.of("/" + "x".repeat(5000)))).isEqualTo("...");
    }

    @Test
    void survivesHalvesOfCharacters() {
        String halved = "/" + "x".repeat(998) + "\uD83D\uDE00";
        assertThat(UnknownMembers.header(List.of(halved, "/b"))).matches("\\p{ASCII}*");
    }
}
