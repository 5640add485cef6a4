package io.github.resiliencestarter.rabbit;

import io.github.resiliencestarter.call.plan.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code resilience.rabbit}. Immutable.
 *
 * @param listener What happens when a listener fails.
 * @param parking Whether dead letters are kept in the database, where people put them right.
 * @param publisher Whether the host's templates know what becomes of their messages.
 */
@ConfigurationProperties("resilience.rabbit")
public record RabbitResilienceProperties(
        @DefaultValue Listener listener,
        @DefaultValue Parking parking,
        @DefaultValue Publisher publisher) {

    /**
     * What happens when a listener fails.
     *
     * @param enabled Whether listeners without retries of their own get ours.
     * @param retry How often and how soon a listener is called again for the same message, without asking the broker for it again.
     * @param keepOrder Whether those behind a message that waits for its next attempt wait too; otherwise they overtake it.
     * @param delayed Waits in delay queues, one after the other, before a message is given up; none by default.
     * @param delayedQueue Pattern of the delay queues' names: {queue} and {delay} are replaced, and both are needed.
     * @param deadLetter Where messages go that are given up.
     * @param pauseOnOpenCircuit Whether a listener whose circuit breaker is open, or whose bulkhead is full, is paused instead of failing.
     * @param circuit How a paused listener finds out that it may go on.
     * @param queues What is different for a source queue, by its name.
     */
    public record Listener(
            @DefaultValue("true") boolean enabled,
            @NestedConfigurationProperty @Nullable RetrySettings retry,
            @DefaultValue("false") boolean keepOrder,
            @DefaultValue List<Duration> delayed,
            @DefaultValue("{queue}.retry.{delay}") String delayedQueue,
            @DefaultValue DeadLetterSettings deadLetter,
            @DefaultValue("true") boolean pauseOnOpenCircuit,
            @DefaultValue Circuit circuit,
            @Nullable Map<String, Queue> queues) {}

    /**
     * How a listener that is paused because of an open circuit finds out that it may go on.
     *
     * @param probeInterval How often a message is let through where the state of the circuit breaker is not known, because it is not in resilience4j's registry.
     * @param probeAttempts How many failures of one message are put down to an outage; what it fails for after that is its own failure.
     */
    public record Circuit(
            @DefaultValue("5s") Duration probeInterval,
            @DefaultValue("10") int probeAttempts) {}

    /**
     * What is different for one source queue.
     *
     * @param retry Keys of listener.retry for this queue.
     * @param delayed Waits in delay queues for this queue; an empty list is none.
     */
    public record Queue(
            @NestedConfigurationProperty @Nullable RetrySettings retry,
            @Nullable List<Duration> delayed) {}

    /** Of which type the queues are that are declared for dead letters, delays and parking. */
    public enum QueueType {
        QUORUM,
        CLASSIC
    }

    /** Where letters are replayed to. */
    public enum ReplayTo {
        QUEUE,
        EXCHANGE
    }

    /**
     * Where messages go that are given up.
     *
     * @param suffix What {suffix} stands for in the pattern.
     * @param queue Pattern of the dead letter queue's name: {queue} and {suffix} are replaced.
     * @param exchange Pattern of the dead letter exchange's name, a fanout that is bound to the dead letter queue: {queue} is replaced.
     * @param declareQueues Whether exchanges and queues for dead letters, delays and parking that are missing are declared at the start.
     * @param queueType Type of the queues that are declared.
     * @param sendTimeout How long the broker may take to confirm a dead letter.
     * @param maxInFlight Most dead letters that are sent and not yet confirmed, for each listener; it waits for the next to be confirmed.
     * @param replayTo Where letters are replayed to: straight to the queue whose listener failed, or to the exchange and with the routing key of the original message, and so to all queues that are bound there.
     */
    public record DeadLetterSettings(
            @DefaultValue(".dlq") String suffix,
            @DefaultValue("{queue}{suffix}") String queue,
            @DefaultValue("{queue}.dlx") String exchange,
            @DefaultValue("true") boolean declareQueues,
            @DefaultValue("quorum") QueueType queueType,
            @DefaultValue("10s") Duration sendTimeout,
            @DefaultValue("1000") int maxInFlight,
            @DefaultValue("queue") ReplayTo replayTo) {}

    /**
     * Whether dead letters are kept in the database, where people put them right.
     *
     * @param enabled Whether letters are parked; it takes a store, so without one nothing is parked.
     * @param queues Further dead letter queues that letters are taken from, beside those of the listeners of this application.
     */
    public record Parking(
            @DefaultValue("true") boolean enabled,
            @DefaultValue List<String> queues) {}

    /**
     * Whether the host's templates know what becomes of their messages.
     *
     * @param confirm Whether the broker confirms what templates publish, so that a message that no queue takes is an exception of the caller's future.
     */
    public record Publisher(@DefaultValue("false") boolean confirm) {}
}
