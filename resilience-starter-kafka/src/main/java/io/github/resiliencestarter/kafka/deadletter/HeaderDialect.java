package io.github.resiliencestarter.kafka.deadletter;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By which headers each library tells where a record failed and why. In the order in which they are looked for. */
enum HeaderDialect {
    /** Dead letters of spring-kafka; numbers are big-endian bytes. Ours too: whoever reads Spring's can read ours. */
    SPRING(
            true,
            "kafka_dlt-original-",
            "kafka_dlt-original-consumer-group",
            "kafka_dlt-exception-cause-fqcn",
            "kafka_dlt-exception-fqcn",
            "kafka_dlt-exception-message",
            "kafka_dlt-exception-stacktrace",
            null),
    /** What spring-kafka tells of a key that could not be deserialized. */
    SPRING_KEY(
            true,
            "kafka_dlt-original-",
            "kafka_dlt-original-consumer-group",
            null,
            "kafka_dlt-key-exception-fqcn",
            "kafka_dlt-key-exception-message",
            "kafka_dlt-key-exception-stacktrace",
            null),
    /** Retry topics of spring-kafka, and what becomes a dead letter after them. */
    RETRYABLE_TOPIC(
            true,
            "kafka_original-",
            "kafka_dlt-original-consumer-group",
            "kafka_exception-cause-fqcn",
            "kafka_exception-fqcn",
            "kafka_exception-message",
            "kafka_exception-stacktrace",
            "retry_topic-attempts"),
    /** The Kafka binder of Spring Cloud Stream. */
    CLOUD_STREAM(
            true,
            "x-original-",
            null,
            "x-exception-cause-fqcn",
            "x-exception-fqcn",
            "x-exception-message",
            "x-exception-stacktrace",
            null),
    /** The Kafka connector of SmallRye Reactive Messaging; numbers are text, as in all that follow. */
    SMALLRYE(
            false,
            "dead-letter-",
            null,
            "dead-letter-cause-class-name",
            "dead-letter-exception-class-name",
            "dead-letter-reason",
            "dead-letter-cause",
            null),
    /** Sink connectors of Kafka Connect. */
    CONNECT(
            false,
            "__connect.errors.",
            "__connect.errors.connector.name",
            null,
            "__connect.errors.exception.class.name",
            "__connect.errors.exception.message",
            "__connect.errors.exception.stacktrace",
            null),
    /** Share groups, whose broker writes the dead letters. */
    SHARE_GROUP(
            false,
            "__dlq.errors.",
            "__dlq.errors.group",
            null,
            null,
            "__dlq.errors.message",
            null,
            "__dlq.errors.delivery.count");

    private static final Set<String> NAMES =
            Arrays.stream(values()).flatMap(HeaderDialect::names).collect(Collectors.toUnmodifiableSet());

    /** Whether numbers are big-endian bytes; otherwise they are text. */
    final boolean binary;

    final String topic;
    final String partition;
    final String offset;
    final String timestamp;
    final String timestampType;
    final @Nullable String group;
    /** The class of what is the cause, where the exception is a wrapper of the library's own. */
    final @Nullable String cause;

    final @Nullable String exception;
    final String message;
    final @Nullable String stackTrace;
    final @Nullable String attempts;

    HeaderDialect(
            boolean binary,
            String original,
            @Nullable String group,
            @Nullable String cause,
            @Nullable String exception,
            String message,
            @Nullable String stackTrace,
            @Nullable String attempts) {
        this.binary = binary;
        this.topic = original + "topic";
        this.partition = original + "partition";
        this.offset = original + "offset";
        this.timestamp = original + "timestamp";
        this.timestampType = original + "timestamp-type";
        this.group = group;
        this.cause = cause;
        this.exception = exception;
        this.message = message;
        this.stackTrace = stackTrace;
        this.attempts = attempts;
    }

    /** Whether any library tells of a failure by a header of this name. */
    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    private Stream<String> names() {
        return Stream.of(
                        topic,
                        partition,
                        offset,
                        timestamp,
                        timestampType,
                        group,
                        cause,
                        exception,
                        message,
                        stackTrace,
                        attempts)
                .filter(Objects::nonNull);
    }
}
