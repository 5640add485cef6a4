package io.github.resiliencestarter.benchmarks.messages;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of the broker: made, filled and looked at. */
final class Topics implements AutoCloseable {

    private final String bootstrapServers;
    private final Admin admin;

    Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Does nothing if the records are there already. */
    void fill(Load load) throws Exception {
        if (admin.listTopics().names().get().contains(load.topic())) {
            return;
        }
        create(load.topic());
        BitSet poison = load.poisonNumbers();
        try (Producer<byte[], byte[]> producer = producer()) {
            for (int number = 0; number < load.records(); number++) {
                byte[] value = new byte[Load.BYTES];
                value[0] = (byte) (poison.get(number) ? 1 : 0);
                byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
                producer.send(new ProducerRecord<>(load.topic(), number % Load.PARTITIONS, key, value));
            }
        }
    }

    /** Its records have the time at which the broker got them. */
    void create(String topic) throws Exception {
        NewTopic created = new NewTopic(topic, Load.PARTITIONS, (short) 1)
                .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
        admin.createTopics(List.of(created)).all().get();
    }

    long count(String topic) throws Exception {
        return admin
                .listOffsets(partitions(topic).stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, Load.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 16),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() {
        admin.close();
    }
}
