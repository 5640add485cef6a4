package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.plan.Suggestion;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Topic;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/** Whether the topics that have settings of their own are consumed at all: a name that is mistyped would have no effect. */
record ConsumedTopics(@Nullable Map<String, Topic> configured) {

    private static final Logger log = LoggerFactory.getLogger(ConsumedTopics.class);

    void warnOfUnknown(Collection<MessageListenerContainer> containers) {
        if (configured == null || configured.isEmpty()) {
            return;
        }
        Set<String> consumed = new TreeSet<>();
        containers.forEach(container -> consumed.addAll(topics(container.getContainerProperties())));
        for (String topic : configured.keySet()) {
            if (!consumed.contains(topic) && containers.stream().noneMatch(container -> matches(container, topic))) {
                log.warn(
                        "resilience.kafka.consumer.topics.{}: no listener consumes this topic. {}",
                        topic,
                        Suggestion.didYouMean(topic, consumed, "Remove it, or name one of " + consumed));
            }
        }
    }

    private static Set<String> topics(ContainerProperties properties) {
        Set<String> topics = new TreeSet<>();
        if (properties.getTopics() != null) {
            topics.addAll(Set.of(properties.getTopics()));
        }
        if (properties.getTopicPartitions() != null) {
            for (TopicPartitionOffset partition : properties.getTopicPartitions()) {
                topics.add(partition.getTopic());
            }
        }
        return topics;
    }

    private static boolean matches(MessageListenerContainer container, String topic) {
        Pattern pattern = container.getContainerProperties().getTopicPattern();
        return pattern != null && pattern.matcher(topic).matches();
    }
}
