package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with a topic beside another, in words: what happens, and what to do. */
final class TopicProblems {

    private static final String PREFIX = "resilience.kafka.consumer.dead-letter.";
    private static final String CREATE = PREFIX + "create-topics";

    private TopicProblems() {}

    static Problem fewerPartitions(CompanionTopic topic, int got, int wanted) {
        return new Problem(
                "topic " + topic.name(),
                "it has %d partitions and '%s' has %d: records of the partitions beyond go to others by their key, and"
                                .formatted(got, topic.source(), wanted)
                        + " their order is kept for equal keys only",
                "Give it %d partitions: kafka-topics.sh --alter --topic %s --partitions %d"
                        .formatted(wanted, topic.name(), wanted));
    }

    static Problem compacted(CompanionTopic topic) {
        return new Problem(
                "topic " + topic.name(),
                "it is compacted: of dead letters with the same key all but the last would be deleted",
                "Set cleanup.policy=delete on it, or name another topic in " + PREFIX + "topic");
    }

    static Problem shortRetention(CompanionTopic topic, Duration kept) {
        return new Problem(
                "topic " + topic.name(),
                "it keeps records for %s, which is less than %sretention (%s): letters that nobody has parked or read until"
                                .formatted(text(kept), PREFIX, text(topic.retention()))
                        + " then are gone",
                "Set retention.ms=%d on it, or lower %sretention"
                        .formatted(topic.retention().toMillis(), PREFIX));
    }

    static Problem missing(CompanionTopic topic) {
        return new Problem(
                CREATE,
                "false, and there is no topic '%s' for the dead letters of '%s': they are kept in the store, or '%s' is paused"
                        .formatted(topic.name(), topic.source(), topic.source()),
                "Create it, or set " + CREATE + " to true");
    }

    static Problem mayNotCreate(CompanionTopic topic, Throwable why) {
        return new Problem(
                CREATE,
                "topic '%s' for the dead letters of '%s' is missing, and may not be created (%s): they are kept in the store, or"
                                .formatted(topic.name(), topic.source(), why.getMessage())
                        + " '%s' is paused".formatted(topic.source()),
                "Create it, or allow it: kafka-acls.sh --add --allow-principal <ours> --operation Create --topic "
                        + topic.name());
    }

    static Problem notCreated(CompanionTopic topic, Throwable why) {
        return new Problem(
                CREATE,
                "topic '%s' for the dead letters of '%s' could not be created: %s"
                        .formatted(topic.name(), topic.source(), why),
                "Create it, or set " + CREATE + " to false. It is tried again meanwhile");
    }

    static Problem mayNotDescribe(CompanionTopic topic, Throwable why) {
        return new Problem(
                "topic " + topic.name(),
                "whether it fits '%s' can't be looked at: %s".formatted(topic.source(), why.getMessage()),
                "Allow it: kafka-acls.sh --add --allow-principal <ours> --operation Describe --operation DescribeConfigs --topic "
                        + topic.name());
    }

    static Problem noSource(CompanionTopic topic) {
        return new Problem(
                "topic " + topic.source(),
                "it is not there, so how many partitions '%s' needs is not known".formatted(topic.name()),
                "Create it; it is looked for again meanwhile");
    }

    static Problem unreachable(Collection<CompanionTopic> topics, Throwable why) {
        return new Problem(
                "topics "
                        + topics.stream()
                                .map(CompanionTopic::name)
                                .sorted()
                                .distinct()
                                .collect(Collectors.joining(", ")),
                "the broker was not reached: " + why,
                "Look at spring.kafka.bootstrap-servers if this does not end; it is tried again meanwhile");
    }

    private static String text(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
