package io.github.resiliencestarter.kafka.deadletter;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.delivery.Dispatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnguardedDispatchTests {

    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final Ladder ladder = new Ladder();

    @Test
    void it_answers_when_somebody_has_the_letter() {
        Dispatch dispatch = ladder.send(ONE, 4, null);
        assertThat(dispatch.await(NOT_AT_ALL)).isFalse();

        ladder.transport.confirm(0);

        assertThat(dispatch.await(NOT_AT_ALL)).isTrue();
    }

    @Test
    void a_record_that_comes_again_finds_its_letter_on_the_way() {
        Dispatch dispatch = ladder.send(ONE, 4, null);

        assertThat(ladder.dispatch.known("group", ONE, 4)).isSameAs(dispatch);
        assertThat(ladder.send(ONE, 4, null)).isSameAs(dispatch);
        assertThat(ladder.transport.sent).hasSize(1);
        assertThat(ladder.dispatch.known("group", ONE, 5)).isNull();
        assertThat(ladder.dispatch.known("group", TWO, 4)).isNull();
        assertThat(ladder.dispatch.known("other", ONE, 4)).isNull();
    }

    @Test
    void it_is_forgotten_when_the_listener_knows_that_it_is_taken() {
        Dispatch dispatch = ladder.send(ONE, 4, null);
        dispatch.await(NOT_AT_ALL);
        assertThat(ladder.dispatch.known("group", ONE, 4)).isNotNull();
        ladder.transport.confirm(0);
        dispatch.await(NOT_AT_ALL);

        assertThat(ladder.dispatch.known("group", ONE, 4)).isNull();
    }

    @Test
    void what_is_taken_and_not_asked_for_is_forgotten_after_a_while_and_what_is_not_taken_never() {
        ladder.storeIsDown = true;
        ladder.send(ONE, 4, null);
        ladder.send(ONE, 5, null);
        ladder.transport.confirm(0);
        ladder.time.advance(Duration.ofMinutes(9));
        assertThat(ladder.dispatch.known("group", ONE, 4)).isNotNull();

        ladder.time.advance(Duration.ofMinutes(1));

        assertThat(ladder.dispatch.known("group", ONE, 4)).isNull();
        assertThat(ladder.dispatch.known("group", ONE, 5)).isNotNull();

        ladder.transport.confirm(1);
        ladder.time.advance(Duration.ofMinutes(10));
        assertThat(ladder.dispatch.known("group", ONE, 5)).isNull();
    }

    @Test
    void it_climbs_the_same_ladder() {
        ladder.storeIsDown = true;
        Dispatch dispatch = ladder.send(ONE, 4, null);
        ladder.transport.fail(0);
        assertThat(ladder.observed.events).contains("undeliverable 0@4");
        ladder.storeIsDown = false;
        ladder.time.advance(Duration.ofSeconds(1));
        ladder.transport.fail(1);

        assertThat(dispatch.await(NOT_AT_ALL)).isTrue();
        assertThat(ladder.store.find("0@4")).isPresent();
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays() {
        Dispatch dispatch = ladder.send(ONE, 4, null);
        Thread.currentThread().interrupt();

        assertThat(dispatch.await(Duration.ofMinutes(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
