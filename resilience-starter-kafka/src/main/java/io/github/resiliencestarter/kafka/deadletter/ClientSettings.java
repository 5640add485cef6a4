package io.github.resiliencestarter.kafka.deadletter;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings of our own clients, made of those of one of the host's clients: how it connects and identifies itself is kept, and so
 * is what only the host can know, such as compression. Its objects, groups and transactions are no business of ours.
 */
final class ClientSettings {

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Letters come together, for {@link LetterSender} gathers them. */
    private static final Duration LINGER = Duration.ofMillis(1);
    /** A letter has a stack trace of some kilobytes: of the producer's default three fit into a batch, and each batch is a request. */
    private static final int BATCH_BYTES = 128 << 10;

    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);
    /** A payload that its source took is tried in any case; whether it is too large is for the broker to say. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private ClientSettings() {}

    static Map<String, Object> producer(Map<String, ?> host, Duration sendTimeout) {
        Map<String, Object> settings = of(host, ProducerConfig.configNames(), "dead-letters");
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG); // it may expect the host's objects
        settings.remove(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
        settings.remove(ProducerConfig.RETRIES_CONFIG);
        settings.remove(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) sendTimeout.toMillis());
        // Half of it, so that what one broker swallows is sent to the next.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                (sendTimeout.minus(LINGER).toMillis() / 2));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(sendTimeout.toMillis(), LONGEST_BLOCK.toMillis()));
        // Failures may be rare: a topic that is forgotten meanwhile must be looked up again while the letter waits.
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());
        settings.merge(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES, ClientSettings::larger);
        settings.merge(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES, ClientSettings::larger);
        return settings;
    }

    /** A consumer of bytes that commits only what it is told to. */
    static Map<String, Object> consumer(Map<String, ?> host, String purpose) {
        Map<String, Object> settings = of(host, ConsumerConfig.configNames(), purpose);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.remove("group.protocol"); // not known to every client; neither is the next
        settings.remove("group.remote.assignor");
        settings.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
        settings.remove(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        settings.remove(ConsumerConfig.FETCH_MIN_BYTES_CONFIG);
        settings.remove(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    static Map<String, Object> admin(Map<String, ?> host, Duration timeout) {
        Map<String, Object> settings = of(host, AdminClientConfig.configNames(), "topics");
        settings.remove(AdminClientConfig.RETRIES_CONFIG);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) (timeout.toMillis() / 2));
        return settings;
    }

    private static Map<String, Object> of(Map<String, ?> host, Set<String> known, String purpose) {
        Map<String, Object> settings = new HashMap<>(host);
        // What only another kind of client knows would be reported as a mistake; what none of them knows is the host's
        // own.
        settings.keySet().removeIf(name -> !known.contains(name) && isOfSomeClient(name));
        settings.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        settings.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG); // they may expect the host's objects
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "resilience-" + purpose + '-' + COUNT.incrementAndGet());
        return settings;
    }

    private static boolean isOfSomeClient(String name) {
        return ProducerConfig.configNames().contains(name)
                || ConsumerConfig.configNames().contains(name)
                || AdminClientConfig.configNames().contains(name);
    }

    private static Object larger(Object host, Object ours) {
        return number(host) > number(ours) ? host : ours;
    }

    static Object smaller(Object host, Object ours) {
        return number(host) < number(ours) ? host : ours;
    }

    private static long number(Object setting) {
        return Long.parseLong(setting.toString().trim());
    }
}
