package io.muster.pods.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    private final BoundedCache<String, String> cache = new BoundedCache<>(10, String::length);

    @Test
    void dropsWhatWasUsedLongestAgo() {
        cache.put("a", "1234");
        cache.put("b", "1234");
        assertThat(cache.find("a")).contains("1234");
        cache.put("c", "1234");
        assertThat(cache.find("b")).isEmpty();
        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("c")).isPresent();
    }

    @Test
    void dropsAsManyAsItTakes() {
        cache.put("a", "12345");
        cache.put("b", "12345");
        cache.put("c", "1234567890");
        assertThat(cache.find("a")).isEmpty();
        assertThat(cache.find("b")).isEmpty();
        assertThat(cache.find("c")).isPresent();
    }

    @Test
    void dropsNothingForAReaderOfEverything() {
        cache.putIfRoom("a", "123456");
        cache.putIfRoom("b", "123456");
        cache.putIfRoom("c", "1234");
        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("b")).isEmpty();
        assertThat(cache.find("c")).isPresent();
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        cache.put("a", "1234");
        cache.put("b", "12345678901");
        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("b")).isEmpty();
    }

    @Test
    void weighsWhatIsPutTwiceOnce() {
        for (int times = 0; times < 5; times++) {
            cache.put("a", "12345");
        }
        cache.put("b", "12345");
        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("b")).isPresent();
    }
}
