package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that come back from the dead letters. */
@WithKafka
class ReplayIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_is_for_another_group_is_passed_over(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class).start();
        host.sendWith("theirs", replay("some-id", "another", 1)).send("ours");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("ours");
    }

    @Test
    void what_fails_again_is_the_same_letter_and_goes_on_counting(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class).start().send("poison");
        await().untilAsserted(() -> assertThat(host.deadLetters()).hasSize(1));
        ConsumerRecord<String, String> first = host.deadLetterRecords().get(0);
        first.headers().remove(DeadLetterHeaders.REPLAY_COUNT);
        first.headers().add(header(DeadLetterHeaders.REPLAY_COUNT, "1"));
        first.headers().add(header(DeadLetterHeaders.REPLAY_ID, "run-1"));
        host.sendWith("poison", first.headers().toArray());
        await().untilAsserted(() -> assertThat(host.deadLetters()).hasSize(2));
        ConsumerRecord<String, String> second = host.deadLetterRecords().get(1);
        assertThat(text(second, DeadLetterHeaders.ID)).isEqualTo(text(first, DeadLetterHeaders.ID));
        assertThat(text(second, DeadLetterHeaders.ATTEMPTS)).isEqualTo("6");
        assertThat(text(second, DeadLetterHeaders.REPLAY_COUNT)).isEqualTo("1");
        assertThat(text(second, DeadLetterHeaders.REPLAY_ID)).isEqualTo("run-1");
        assertThat(text(second, DeadLetterHeaders.FIRST_FAILED_AT))
                .isEqualTo(text(first, DeadLetterHeaders.FIRST_FAILED_AT));
    }

    private static Header[] replay(String id, String group, int count) {
        return new Header[] {
            header(DeadLetterHeaders.ID, id),
            header(DeadLetterHeaders.GROUP, group),
            header(DeadLetterHeaders.REPLAY_COUNT, Integer.toString(count)),
            header(DeadLetterHeaders.REPLAY_ID, "run")
        };
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
