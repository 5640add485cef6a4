package io.github.resiliencestarter.kafka;

import io.github.resiliencestarter.call.plan.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code resilience.kafka}. Immutable.
 *
 * @param consumer What happens when a listener fails.
 * @param parking Whether dead letters are kept in the database, where people put them right.
 */
@ConfigurationProperties("resilience.kafka")
public record KafkaResilienceProperties(
        @DefaultValue Consumer consumer, @DefaultValue Parking parking) {

    /**
     * What happens when a listener fails.
     *
     * @param enabled Whether listeners without an error handler of their own get ours.
     * @param retry How often and how soon a listener is called again for the same message, in its own thread.
     * @param delayed Waits in retry topics, one after the other, before a message is given up; none by default.
     * @param delayedTopic Pattern of the retry topics' names: {topic}, {group} and {delay} are replaced, and all three are needed.
     * @param deadLetter Where messages go that are given up.
     * @param pauseOnOpenCircuit Whether a listener whose circuit breaker is open, or whose bulkhead is full, is paused instead of failing.
     * @param circuit How a paused listener finds out that it may go on.
     * @param topics What is different for a source topic, by its name.
     */
    public record Consumer(
            @DefaultValue("true") boolean enabled,
            @NestedConfigurationProperty @Nullable RetrySettings retry,
            @DefaultValue List<Duration> delayed,
            @DefaultValue("{topic}-{group}-retry-{delay}") String delayedTopic,
            @DefaultValue DeadLetterSettings deadLetter,
            @DefaultValue("true") boolean pauseOnOpenCircuit,
            @DefaultValue Circuit circuit,
            @Nullable Map<String, Topic> topics) {}

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
     * What is different for one source topic.
     *
     * @param retry Keys of consumer.retry for this topic.
     * @param delayed Waits in retry topics for this topic; an empty list is none.
     */
    public record Topic(
            @NestedConfigurationProperty @Nullable RetrySettings retry,
            @Nullable List<Duration> delayed) {}

    /**
     * Where messages go that are given up.
     *
     * @param suffix What {suffix} stands for in the pattern.
     * @param topic Pattern of the dead letter topic's name: {topic}, {suffix} and {group} are replaced.
     * @param createTopics Whether dead letter topics and retry topics that are missing are created at the start, with the partitions of their source.
     * @param retention How long dead letter topics keep letters: they are created so, and reported where they keep them for less.
     * @param sendTimeout How long the broker may take to confirm a dead letter.
     * @param maxInFlight Most dead letters that are sent and not yet confirmed, for each consumer; the listener waits for the next to be confirmed.
     */
    public record DeadLetterSettings(
            @DefaultValue("-dlq") String suffix,
            @DefaultValue("{topic}{suffix}") String topic,
            @DefaultValue("true") boolean createTopics,
            @DefaultValue("7d") Duration retention,
            @DefaultValue("10s") Duration sendTimeout,
            @DefaultValue("1000") int maxInFlight) {}

    /**
     * Whether dead letters are kept in the database, where people put them right.
     *
     * @param enabled Whether letters are parked; it takes a store, so without one nothing is parked.
     * @param topics Pattern of the topics that letters are taken from; * stands for any characters.
     * @param group Consumer group that takes them, the same on all instances.
     */
    public record Parking(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("*-dlq") String topics,
            @DefaultValue("resilience-parking") String group) {}
}
