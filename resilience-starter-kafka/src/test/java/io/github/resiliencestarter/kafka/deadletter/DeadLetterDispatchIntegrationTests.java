package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.kafka.consumer.GuardedTopic;
import io.github.resiliencestarter.kafka.consumer.Processed;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterTransport;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

@WithKafka
class DeadLetterDispatchIntegrationTests {

    private static final Backoff SOON = new Backoff(Duration.ofMillis(100), 2.0, Duration.ofMillis(500), 0.5);

    private final GuardedTopic topic;
    private final InMemoryDeadLetterTransport transport = new InMemoryDeadLetterTransport();
    private final ObservedMessages observed = new ObservedMessages();
    private final DeadLetterDispatch dispatch = dispatch(observed);
    private final Processed processed = givingUp(dispatch);

    DeadLetterDispatchIntegrationTests(KafkaServer kafka) throws Exception {
        topic = new GuardedTopic(kafka);
    }

    @AfterEach
    void close() {
        topic.close();
        dispatch.close();
    }

    @Test
    void while_nobody_takes_a_letter_its_partition_waits_and_then_goes_on_without_running_anything_twice()
            throws Exception {
        transport.cut();
        topic.send(topic.one, 10);
        topic.start(AckMode.BATCH, processed);
        await().until(() -> observed.events.size() == 2);
        assertThat(observed.events.get(0)).endsWith("UNDELIVERABLE");
        await().until(() -> topic.committed(topic.one) == 3);

        topic.send(topic.two, 3);
        await().until(() -> topic.committed(topic.two) == 3);
        topic.send(topic.one, 2);
        topic.send(topic.two, 1);
        await().until(() -> topic.committed(topic.two) == 4);
        assertThat(processed.of(topic.one)).isEqualTo(upTo(10));
        assertThat(topic.committed(topic.one)).isEqualTo(3);

        transport.heal();
        await().until(() -> topic.committed(topic.one) == 12);
        assertThat(processed.of(topic.one)).isEqualTo(upTo(12));
        assertThat(transport.deadLetters(topic.one.topic())).hasSize(1);
        await().until(() -> observed.events.size() == 4);
        assertThat(observed.events.get(3)).startsWith("resumed");
    }

    @Test
    void the_next_owner_of_a_partition_sends_the_letter_that_nobody_took() throws Exception {
        transport.cut();
        topic.send(topic.one, 10);
        topic.start(AckMode.BATCH, processed);
        await().until(() -> topic.committed(topic.one) == 3 && observed.events.size() == 2);

        try (DeadLetterDispatch other = dispatch(MessageObserver.NONE)) {
            Processed second = givingUp(other);
            topic.stop();
            topic.start(AckMode.BATCH, second);
            await().until(() -> second.of(topic.one).size() == 7);
            assertThat(topic.committed(topic.one)).isEqualTo(3);
            assertThat(observed.events.get(2)).startsWith("resumed");

            transport.heal();
            await().until(() -> topic.committed(topic.one) == 10);
            assertThat(transport.deadLetters(topic.one.topic())).hasSize(1);
        }
    }

    /** Gives up the record at offset 3 of the first partition. */
    private static Processed givingUp(DeadLetterDispatch dispatch) {
        return new Processed((guard, record) -> {
            if (record.partition() == 0 && record.offset() == 3) {
                dispatch.send(
                        Ladder.letter(Processed.partition(record), 3),
                        Processed.partition(record),
                        3,
                        guard,
                        "listener");
            }
            return true;
        });
    }

    private DeadLetterDispatch dispatch(MessageObserver observer) {
        return new DeadLetterDispatch(
                transport, () -> null, observer, new DispatchSettings(Duration.ofSeconds(1), 100, SOON));
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }
}
