package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing beside others, and looks at those that are there. Thread-safe; each look connects anew, for
 * there are few.
 */
public final class CompanionTopics {

    private final Map<String, Object> settings;
    private final boolean create;

    /**
     * @param host the configuration of one of the host's clients, of its {@code KafkaAdmin} at best
     * @param create {@code resilience.kafka.consumer.dead-letter.create-topics}
     * @param timeout how long the broker may take to answer, for each of three questions
     */
    public CompanionTopics(Map<String, ?> host, boolean create, Duration timeout) {
        this.settings = ClientSettings.admin(host, timeout);
        this.create = create;
    }

    /** Waits for the broker; what it does not answer is among what is pending. Does not throw. */
    public CompanionFindings prepare(Collection<CompanionTopic> topics) {
        CompanionFindings findings = new CompanionFindings();
        try (Admin admin = Admin.create(settings)) {
            prepare(admin, topics, findings);
        } catch (KafkaException unusable) {
            findings.pending().add(TopicProblems.unreachable(topics, unusable));
        }
        return findings;
    }

    /** What a listener of this pattern would consume now; nothing if the broker does not answer. */
    public Set<String> matching(Pattern pattern) {
        try (Admin admin = Admin.create(settings)) {
            Set<String> names = Answer.to(admin.listTopics().names()).value();
            return names == null
                    ? Set.of()
                    : names.stream().filter(pattern.asMatchPredicate()).collect(Collectors.toSet());
        } catch (KafkaException unusable) {
            return Set.of();
        }
    }

    private void prepare(Admin admin, Collection<CompanionTopic> topics, CompanionFindings findings) {
        Map<String, Answer<TopicDescription>> described = answers(admin.describeTopics(topics.stream()
                        .flatMap(topic -> Stream.of(topic.name(), topic.source()))
                        .distinct()
                        .toList())
                .topicNameValues());
        Map<CompanionTopic, NewTopic> missing = new HashMap<>();
        Map<CompanionTopic, TopicDescription> there = new HashMap<>();
        for (CompanionTopic topic : topics) {
            Answer<TopicDescription> source = Answer.of(described, topic.source());
            Answer<TopicDescription> own = Answer.of(described, topic.name());
            if (source.value() != null && own.failure() instanceof UnknownTopicOrPartitionException) {
                missing.put(topic, like(topic, source.value()));
            } else if (source.value() != null && own.value() != null) {
                there.put(topic, own.value());
                int wanted = source.value().partitions().size();
                int got = own.value().partitions().size();
                if (got < wanted) {
                    findings.warnings().add(TopicProblems.fewerPartitions(topic, got, wanted));
                }
            } else {
                undescribed(topic, source.value() == null ? source.failure() : own.failure(), findings);
            }
        }
        create(admin, missing, findings);
        inspect(admin, there, findings);
    }

    private static void undescribed(CompanionTopic topic, Throwable why, CompanionFindings findings) {
        if (why instanceof AuthorizationException) {
            findings.warnings().add(TopicProblems.mayNotDescribe(topic, why));
        } else if (why instanceof UnknownTopicOrPartitionException) {
            findings.pending().add(TopicProblems.noSource(topic));
        } else {
            findings.pending().add(TopicProblems.unreachable(List.of(topic), why));
        }
    }

    private static NewTopic like(CompanionTopic topic, TopicDescription source) {
        short replicas = (short) source.partitions().get(0).replicas().size();
        return new NewTopic(topic.name(), Optional.of(source.partitions().size()), Optional.of(replicas))
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis()),
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE));
    }

    private void create(Admin admin, Map<CompanionTopic, NewTopic> missing, CompanionFindings findings) {
        if (!create) {
            missing.keySet().forEach(topic -> findings.warnings().add(TopicProblems.missing(topic)));
            return;
        }
        Map<String, NewTopic> distinct = missing.values().stream()
                .collect(Collectors.toMap(NewTopic::name, Function.identity(), (one, same) -> one));
        Map<String, Answer<Void>> answers =
                answers(admin.createTopics(distinct.values()).values());
        missing.keySet().forEach(topic -> {
            Throwable failure = Answer.of(answers, topic.name()).failure();
            if (failure == Answer.NONE) {
                findings.created().add(topic.name());
            } else if (failure instanceof AuthorizationException) {
                findings.warnings().add(TopicProblems.mayNotCreate(topic, failure));
            } else if (!(failure instanceof TopicExistsException)) { // another instance was faster
                findings.pending().add(TopicProblems.notCreated(topic, failure));
            }
        });
    }

    private static void inspect(Admin admin, Map<CompanionTopic, TopicDescription> there, CompanionFindings findings) {
        List<ConfigResource> resources = there.keySet().stream()
                .map(CompanionTopics::resource)
                .distinct()
                .toList();
        Map<ConfigResource, Answer<Config>> configs =
                answers(admin.describeConfigs(resources).values());
        there.keySet().forEach(topic -> {
            Answer<Config> answer = Answer.of(configs, resource(topic));
            if (answer.value() != null) {
                inspect(topic, answer.value(), findings);
            } else if (answer.failure() instanceof AuthorizationException) {
                findings.warnings().add(TopicProblems.mayNotDescribe(topic, answer.failure()));
            } else {
                findings.pending().add(TopicProblems.unreachable(List.of(topic), answer.failure()));
            }
        });
    }

    private static void inspect(CompanionTopic topic, Config config, CompanionFindings findings) {
        if (value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            findings.errors().add(TopicProblems.compacted(topic));
        }
        String retention = value(config, TopicConfig.RETENTION_MS_CONFIG);
        if (!retention.isEmpty() && !retention.equals("-1")) {
            Duration kept = Duration.ofMillis(Long.parseLong(retention));
            if (kept.compareTo(topic.retention()) < 0) {
                findings.warnings().add(TopicProblems.shortRetention(topic, kept));
            }
        }
    }

    private static String value(Config config, String name) {
        return config.get(name) == null || config.get(name).value() == null
                ? ""
                : config.get(name).value();
    }

    private static ConfigResource resource(CompanionTopic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <K, V> Map<K, Answer<V>> answers(Map<K, KafkaFuture<V>> futures) {
        return futures.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Answer.to(entry.getValue())));
    }
}
