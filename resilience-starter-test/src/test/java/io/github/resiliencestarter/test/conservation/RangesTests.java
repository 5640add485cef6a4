package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RangesTests {

    @Test
    void neighbours_are_a_range() {
        assertThat(Numbers.of(7, 1, 2, 3, 9, 10, 3)).hasToString("1-3, 7, 9-10");
    }

    @Test
    void nothing_is_nothing() {
        assertThat(new Numbers()).hasToString("");
    }

    @Test
    void many_ranges_are_cut_short_but_say_how_far_they_go() {
        long[] odd = LongStream.range(0, 1010).map(n -> 2 * n + 1).toArray();
        assertThat(Numbers.of(odd).toString()).startsWith("1, 3, 5").endsWith("1997, 1999 and 10 more, up to 2019");
    }
}
