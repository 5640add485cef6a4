package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTests {

    private final VirtualTime time = new VirtualTime();

    @Test
    void what_was_missed_is_not_caught_up_on() {
        Pacer pacer = new Pacer(time, 50);
        pacer.sent();
        time.advance(Duration.ofMinutes(1));
        assertThat(pacer.untilNext()).isNotPositive();

        pacer.sent();
        assertThat(pacer.untilNext()).isEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void without_a_limit_there_is_no_wait() {
        Pacer pacer = new Pacer(time, 0);
        pacer.sent();
        assertThat(pacer.untilNext()).isZero();
    }
}
