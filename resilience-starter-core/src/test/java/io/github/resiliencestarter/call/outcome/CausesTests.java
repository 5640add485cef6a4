package io.github.resiliencestarter.call.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CausesTests {

    @Test
    void the_failure_comes_first_and_what_it_comes_from_last() {
        Exception root = new IOException("reset");
        Exception middle = new IllegalStateException(root);
        Exception outer = new IllegalArgumentException(middle);

        assertThat(Causes.of(outer)).containsExactly(outer, middle, root);
    }

    @Test
    void a_circle_of_causes_has_an_end() {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(Causes.of(one)).hasSizeLessThan(100).contains(one, other);
    }
}
