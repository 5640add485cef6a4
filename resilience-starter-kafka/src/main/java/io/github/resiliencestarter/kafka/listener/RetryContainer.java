package io.github.resiliencestarter.kafka.listener;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.BeanUtils;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** The container of retry topics: like that of their sources, with the same listener, for a group of its own. */
final class RetryContainer {

    static final String SUFFIX = "-retry";

    private RetryContainer() {}

    static <K, V> ConcurrentMessageListenerContainer<K, V> like(
            AbstractMessageListenerContainer<K, V> source,
            ConsumerFactory<K, V> factory,
            String group,
            String... topics) {
        ConcurrentMessageListenerContainer<K, V> made = new ConcurrentMessageListenerContainer<>(
                factory, properties(source.getContainerProperties(), group, topics));
        made.setBeanName(source.getListenerId() + SUFFIX);
        made.setAutoStartup(false);
        made.setInterceptBeforeTx(Interceptors.areBeforeTransactions(source));
        made.setRecordInterceptor(Interceptors.ofRecords(source));
        made.setBatchInterceptor(Interceptors.ofBatches(source));
        return made;
    }

    private static ContainerProperties properties(ContainerProperties source, String group, String... topics) {
        ContainerProperties properties = new ContainerProperties(topics);
        BeanUtils.copyProperties(
                source,
                properties,
                "topics",
                "topicPartitions",
                "topicPattern",
                "ackCount",
                "ackTime",
                "subBatchPerPartition",
                "kafkaConsumerProperties",
                "listenerTaskExecutor",
                "consumerRebalanceListener");
        properties.setAckCount(Math.max(1, source.getAckCount()));
        properties.setAckTime(Math.max(1, source.getAckTime()));
        properties.setMissingTopicsFatal(false);
        properties.setGroupId(group + SUFFIX);
        properties.setClientId(
                source.getClientId() == null || source.getClientId().isEmpty() ? "" : source.getClientId() + SUFFIX);
        properties.setKafkaConsumerProperties(consumer(source.getKafkaConsumerProperties()));
        return properties;
    }

    private static Properties consumer(Properties source) {
        Properties consumer = new Properties();
        consumer.putAll(source);
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // What was sent before the group was there is to be consumed too.
        consumer.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What is not due yet would be committed.
        consumer.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A retry that was rolled back is none.
        consumer.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Made by being asked for, a topic would have neither the partitions nor the retention that it needs.
        consumer.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return consumer;
    }
}
