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
import java.util.stream.IntStream;
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
            if (topic.equals("closed-dlq")) {
                throw new IllegalStateException("the client is closed");
            }
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

    @Test
    void letters_that_come_together_are_sent_in_their_order() throws Exception {
        List<String> payloads =
                IntStream.range(0, 500).mapToObj(number -> "letter " + number).toList();

        CompletableFuture<?>[] letters = payloads.stream().map(this::send).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(letters).get(5, TimeUnit.SECONDS);

        assertThat(broken.history())
                .extracting(record -> new String(record.value()))
                .containsExactlyElementsOf(payloads);
    }

    @Test
    void a_topic_that_can_not_be_asked_for_does_not_stop_the_letters_of_others() throws Exception {
        CompletableFuture<Void> refused = send("closed-dlq", "refused");
        CompletableFuture<Void> other = send("sent");

        other.get(5, TimeUnit.SECONDS);
        assertThat(refused).isCompletedExceptionally();
    }

    @Test
    void what_is_gathered_is_sent_before_it_is_closed_and_refused_afterwards() {
        CompletableFuture<Void> before = send("before");
        sender.close();

        assertThat(before).isCompleted();
        assertThat(send("after")).isCompletedExceptionally();
        assertThat(send("long after")).isCompletedExceptionally();
        assertThat(broken.history()).hasSize(1);
    }

    private void sent(String payload) throws Exception {
        send(payload).get(5, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> send(String payload) {
        return send("orders-dlq", payload);
    }

    private CompletableFuture<Void> send(String topic, String payload) {
        return sender.send(topic, LetterSender.Form.of(any -> new ProducerRecord<>(topic, payload.getBytes())))
                .toCompletableFuture();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
