package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.replay.ReplaySchedule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Counts what becomes of messages: {@code resilience.message} by source and outcome, {@code resilience.replay} by outcome, and the
 * gauge {@code resilience.consumer.paused}. To count is one addition; the registry reads the sums. Thread-safe.
 */
public final class MessageMeters implements MessageObserver, SmartInitializingSingleton {

    private static final String MESSAGES = "resilience.message";

    private final Counters counters = new Counters();
    private final PausedConsumers pauses;
    private final Supplier<MeterRegistry> registry;

    /** @param registry is asked when all beans are there */
    public MessageMeters(PausedConsumers pauses, Supplier<MeterRegistry> registry) {
        this.pauses = pauses;
        this.registry = registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        counters.bindTo(registry.get());
    }

    @Override
    public LongAdder processed(String source) {
        return counter(source, "processed");
    }

    @Override
    public void retried(Source source, int attempt, Throwable failure) {
        count(source, "retried");
    }

    @Override
    public void delayed(DeadLetter letter, Duration delay) {
        count(letter.source(), "delayed");
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        count(letter.source(), "dead-lettered");
    }

    @Override
    public void undeliverable(DeadLetter letter, Throwable why) {
        count(letter.source(), "undeliverable");
    }

    @Override
    public void parked(DeadLetter letter, Parked how) {
        if (how != Parked.KNOWN) {
            count(letter.source(), "parked");
        }
    }

    @Override
    public void replayed(DeadLetter letter, Replay replay) {
        count(letter.source(), "replayed");
    }

    @Override
    public void resolved(Source source, String letterId) {
        count(source, "resolved");
    }

    @Override
    public void passedOver(Source source, String letterId) {
        count(source, "passed-over");
    }

    @Override
    public void paused(Pause pause) {
        counters.gauge(
                "resilience.consumer.paused",
                "Pauses of a listener, by us, that are not over",
                "listener",
                pause.listener(),
                "reason",
                Labels.of(pause.reason()),
                () -> pauses.count(pause.listener(), pause.reason()));
    }

    @Override
    public void replayEnded(ReplayJob job) {
        counters.counter(
                        "resilience.replay",
                        "Replays that came to their end on this instance",
                        "outcome",
                        Labels.of(job.status()),
                        "scheduled",
                        Boolean.toString(job.request().requestedBy().startsWith(ReplaySchedule.REQUESTED_BY)))
                .increment();
    }

    private void count(Source source, String outcome) {
        counter(source.name(), outcome).increment();
    }

    private LongAdder counter(String source, String outcome) {
        return counters.counter(MESSAGES, "What became of messages", "source", source, "outcome", outcome);
    }
}
