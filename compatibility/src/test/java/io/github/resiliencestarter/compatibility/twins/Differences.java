package io.github.resiliencestarter.compatibility.twins;

import static java.util.Map.entry;

import java.util.Map;

/** What only one of the modules has, with the reason why its broker dictates it. */
final class Differences {

    private static final String OFFSETS =
            "Kafka knows one offset for each partition, so commits are held back at the consumer; RabbitMQ acknowledges each message";

    private static final String PARTITIONS =
            "a topic's companions have its partitions and a retention; queues have neither";

    private static final String EXCHANGES = "messages are published to exchanges, and a topic is where it is";

    private static final String QUEUE_TYPES = "queues are quorum or classic; topics are all of one kind";

    private static final String CONFIRMS =
            "a publisher of RabbitMQ has to ask what becomes of its messages; a producer of Kafka is told";

    static final Map<String, String> TYPES = Map.ofEntries(
            entry("kafka: consumer.ConsumerGuard", OFFSETS),
            entry("kafka: consumer.GuardSettings", OFFSETS),
            entry("kafka: consumer.Hold", OFFSETS),
            entry("kafka: consumer.OwnedPause", OFFSETS),
            entry("kafka: consumer.PartitionLeaveListener", OFFSETS),
            entry("kafka: consumer.PollFilter", OFFSETS),
            entry("kafka: consumer.Retention", OFFSETS),
            entry("rabbit: deadletter.OpenLetters", "at Kafka the guard of the consumer knows which letters are open"),
            entry("kafka: deadletter.LetterTransactions", "RabbitMQ has no transaction over a letter and an offset"),
            entry("kafka: listener.TransactionProtection", "RabbitMQ has no transaction over a letter and an offset"),
            entry(
                    "kafka: deadletter.OriginalBytes",
                    "a RabbitMQ message has its bytes; a Kafka record may be an object"),
            entry("kafka: deadletter.UnreadableRecordException", "a Kafka record may fail before the listener has it"),
            entry("kafka: listener.DelayedConsumers", "RabbitMQ brings a delayed message back to its queue by itself"),
            entry("kafka: deadletter.RetryTopicNames", "names of retry topics have a consumer group in them"),
            entry("kafka: deadletter.CompanionTopic", PARTITIONS),
            entry(
                    "rabbit: deadletter.SourceQueue",
                    "a queue's own dead letter exchange is looked at, which topics have not"),
            entry(
                    "rabbit: deadletter.ContainerFailure",
                    "what wraps a failure is another class on each line of Spring Boot; spring-kafka's is not"),
            entry("rabbit: listener.TemporaryQueues", "a queue may be gone with its consumer, a topic is not"),
            entry("rabbit: RabbitResilienceProperties$QueueType", QUEUE_TYPES),
            entry("rabbit: RabbitResilienceProperties$ReplayTo", EXCHANGES),
            entry("rabbit: RabbitPublisher", CONFIRMS),
            entry("rabbit: RabbitResilienceProperties$Publisher", CONFIRMS),
            entry("rabbit: autoconfigure.RabbitPublisherAutoConfiguration", CONFIRMS),
            entry("rabbit: publisher.ConfirmedPublishing", CONFIRMS),
            entry("rabbit: publisher.Undelivered", CONFIRMS),
            entry(
                    "kafka: deadletter.BootstrapServers",
                    "a cluster has several addresses, and a broker of RabbitMQ one"));

    static final Map<String, String> KEYS = Map.ofEntries(
            entry("kafka: consumer.dead-letter.retention", PARTITIONS),
            entry("kafka: parking.group", "who reads a topic is a group; who reads a queue takes the message away"),
            entry("rabbit: listener.dead-letter.exchange", EXCHANGES),
            entry("rabbit: listener.dead-letter.replay-to", EXCHANGES),
            entry("rabbit: listener.dead-letter.queue-type", QUEUE_TYPES),
            entry("rabbit: publisher", CONFIRMS),
            entry("rabbit: publisher.confirm", CONFIRMS),
            entry(
                    "rabbit: listener.keep-order",
                    "in a partition the order is kept always; a queue promises none to those that are tried again"));

    private Differences() {}
}
