package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LetterSenderTests {

    private final MockProducer<byte[], byte[]> broken = producer();
    private final MockProducer<byte[], byte[]> sound = producer();
    private final Queue<Producer<byte[], byte[]>> producers = new ArrayDeque<>(List.of(broken, sound));
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:1"));
    private final TopicPartitions partitions = new TopicPartitions(admin) {
        @Override
        CompletableFuture<Integer> of(String topic) {
            return CompletableFuture.completedFuture(1);
        }
    };
    private final LetterSender sender = new LetterSender(producers::remove, partitions, Duration.ofSeconds(5));

    @AfterEach
    void close() {
        sender.close();
        admin.close(Duration.ZERO);
    }

    @Test
    void a_producer_that_can_not_be_used_any_more_is_replaced() throws Exception {
        broken.sendException = new KafkaException("in an error state");

        assertThat(catchThrowable(() -> sent("first"))).hasCauseInstanceOf(KafkaException.class);
        sent("second");

        assertThat(broken.closed()).isTrue();
        assertThat(sound.history())
                .extracting(record -> new String(record.value()))
                .containsExactly("second");
    }

    private void sent(String payload) throws Exception {
        sender.send("orders-dlq", LetterSender.Form.of(any -> new ProducerRecord<>("orders-dlq", payload.getBytes())))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
