package io.github.resiliencestarter.operations.messages;

import static io.github.resiliencestarter.Host.host;
import static io.github.resiliencestarter.messaging.SampleLetters.letter;
import static io.github.resiliencestarter.messaging.SampleLetters.pause;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MessageMetersTests {

    private final ApplicationContextRunner host = host().withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @Test
    void every_outcome_of_a_message_has_its_counter() {
        host.run(context -> {
            MessageObserver observer = context.getBean(MessageObserver.class);
            DeadLetter letter = letter("orders", 7);

            observer.processed("orders").add(3);
            observer.retried(letter.source(), 1, new IOException());
            observer.delayed(letter, Duration.ofSeconds(10));
            observer.deadLettered(letter);
            observer.undeliverable(letter, new IOException());
            observer.parked(letter, Parked.NEW);
            observer.replayed(letter, new Replay("r", "me", null));
            observer.resolved(letter.source(), letter.id());
            observer.passedOver(letter.source(), letter.id());

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(messages(registry, "orders", "processed")).isEqualTo(3);
            assertThat(new String[] {
                        "retried",
                        "delayed",
                        "dead-lettered",
                        "undeliverable",
                        "parked",
                        "replayed",
                        "resolved",
                        "passed-over"
                    })
                    .allSatisfy(outcome ->
                            assertThat(messages(registry, "orders", outcome)).isEqualTo(1));
        });
    }

    @Test
    void a_letter_that_is_parked_twice_counts_once() {
        host.run(context -> {
            MessageObserver observer = context.getBean(MessageObserver.class);
            observer.parked(letter("orders", 7), Parked.NEW);
            observer.parked(letter("orders", 7), Parked.KNOWN);
            assertThat(messages(context.getBean(MeterRegistry.class), "orders", "parked"))
                    .isEqualTo(1);
        });
    }

    @Test
    void what_is_counted_before_there_is_a_registry_is_not_lost() {
        MeterRegistry registry = new SimpleMeterRegistry();
        MessageMeters meters = new MessageMeters(new PausedConsumers(), () -> registry);
        LongAdder processed = meters.processed("orders");
        processed.increment();

        meters.afterSingletonsInstantiated();
        processed.increment();

        assertThat(messages(registry, "orders", "processed")).isEqualTo(2);
    }

    @Test
    void sources_without_end_do_not_make_meters_without_end() {
        MeterRegistry registry = new SimpleMeterRegistry();
        MessageMeters meters = new MessageMeters(new PausedConsumers(), () -> registry);
        meters.afterSingletonsInstantiated();

        for (int i = 0; i < 1_000; i++) {
            meters.deadLettered(letter("reply-" + i, 0));
        }

        assertThat(registry.getMeters()).hasSize(Counters.MOST_VALUES + 1);
        assertThat(messages(registry, Counters.OTHER, "dead-lettered")).isEqualTo(1_000 - Counters.MOST_VALUES);
    }

    @Test
    void sources_without_end_hide_neither_a_paused_listener_nor_how_a_replay_ended() {
        MeterRegistry registry = new SimpleMeterRegistry();
        PausedConsumers pauses = new PausedConsumers();
        MessageMeters meters = new MessageMeters(pauses, () -> registry);
        meters.afterSingletonsInstantiated();
        for (int i = 0; i < Counters.MOST_VALUES; i++) {
            meters.processed("reply-" + i);
        }

        pauses.paused(pause(Pause.Reason.OPEN_CIRCUIT));
        meters.paused(pause(Pause.Reason.OPEN_CIRCUIT));
        meters.replayEnded(new ReplayJob(
                "r",
                new ReplayRequest(LetterFilter.ALL, null, 50, true, 3, "alice", null),
                ReplayStatus.STOPPED,
                1,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                null));

        assertThat(paused(registry)).isEqualTo(1);
        assertThat(registry.get("resilience.replay")
                        .tags("outcome", "stopped", "scheduled", "false")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_paused_listener_is_1_until_it_goes_on() {
        host.run(context -> {
            MessageObserver observer = context.getBean(MessageObserver.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            observer.paused(pause(Pause.Reason.OPEN_CIRCUIT));
            assertThat(paused(registry)).isEqualTo(1);

            observer.resumed(pause(Pause.Reason.OPEN_CIRCUIT));
            assertThat(paused(registry)).isZero();
        });
    }

    @Test
    void a_listener_with_two_pauses_is_paused_until_both_are_over() {
        PausedConsumers consumers = new PausedConsumers();
        Pause first = new Pause("orderListener", "orders", Pause.Reason.LONG_BACKOFF, "orders-0", Instant.EPOCH);
        Pause second = new Pause("orderListener", "orders", Pause.Reason.LONG_BACKOFF, "orders-1", Instant.EPOCH);
        consumers.paused(first);
        consumers.paused(second);

        consumers.resumed(first);

        assertThat(consumers.now()).containsExactly(second);
        assertThat(consumers.count("orderListener", Pause.Reason.LONG_BACKOFF)).isEqualTo(1);
    }

    private static double messages(MeterRegistry registry, String source, String outcome) {
        return registry.get("resilience.message")
                .tags("source", source, "outcome", outcome)
                .functionCounter()
                .count();
    }

    private static double paused(MeterRegistry registry) {
        return registry.get("resilience.consumer.paused")
                .tags("listener", "orderListener", "reason", "open-circuit")
                .gauge()
                .value();
    }
}
