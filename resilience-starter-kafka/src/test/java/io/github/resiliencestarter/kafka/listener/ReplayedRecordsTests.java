package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ReplayedRecordsTests {

    private static final Source.Topic SOURCE = new Source.Topic("shop", "orders", 0, 5);

    private final List<String> told = new ArrayList<>();
    private final MessageObserver observer = new MessageObserver() {
        @Override
        public void resolved(Source source, String letterId) {
            told.add("resolved " + letterId);
        }

        @Override
        public void passedOver(Source source, String letterId) {
            told.add("passed over " + letterId);
        }
    };

    @Test
    void what_is_no_replay_is_nobodys_business() {
        ReplayedRecords replays = new ReplayedRecords(() -> null, observer);
        ConsumerRecord<String, String> record = new ConsumerRecord<>("orders", 0, 5, "key", "value");
        assertThat(replays.isReplay(record)).isFalse();
        assertThat(replays.isNotForUs(record, SOURCE)).isFalse();
        replays.processed(record, SOURCE);
        assertThat(told).isEmpty();
    }

    @Test
    void a_replay_for_another_group_is_passed_over() {
        ReplayedRecords replays = new ReplayedRecords(() -> null, observer);
        assertThat(replays.isNotForUs(replay("letter", "billing", 1), SOURCE)).isTrue();
        assertThat(replays.isNotForUs(replay("letter", "shop", 1), SOURCE)).isFalse();
        assertThat(told).containsExactly("passed over letter");
    }

    @Test
    void what_was_processed_is_resolved_and_passed_over_when_it_comes_a_second_time() {
        DeadLetterStore store = new InMemoryDeadLetterStore(Clock.systemUTC());
        DeadLetter letter = new DeadLetter(
                "letter",
                SOURCE,
                null,
                null,
                Headers.NONE,
                Failure.of(new IllegalStateException()),
                3,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null);
        store.park(letter);
        ReplayedRecords replays = new ReplayedRecords(() -> store, observer);
        ConsumerRecord<String, String> record = replay("letter", "shop", letter.replayCount() + 1);
        assertThat(replays.isNotForUs(record, SOURCE)).isFalse();
        replays.processed(record, SOURCE);
        assertThat(store.find("letter").orElseThrow().status()).isEqualTo(LetterStatus.RESOLVED);
        assertThat(replays.isNotForUs(record, SOURCE)).isTrue();
        assertThat(told).containsExactly("resolved letter", "passed over letter");
    }

    @Test
    void a_store_that_is_down_stops_no_message() {
        ReplayedRecords replays = new ReplayedRecords(
                () -> {
                    throw new IllegalStateException("down");
                },
                observer);
        ConsumerRecord<String, String> record = replay("letter", "shop", 1);
        assertThat(replays.isNotForUs(record, SOURCE)).isFalse();
        replays.processed(record, SOURCE);
        assertThat(told).containsExactly("resolved letter");
    }

    private static ConsumerRecord<String, String> replay(String id, String group, int count) {
        ConsumerRecord<String, String> record = new ConsumerRecord<>("orders", 0, 5, "key", "value");
        add(record, DeadLetterHeaders.ID, id);
        add(record, DeadLetterHeaders.GROUP, group);
        add(record, DeadLetterHeaders.REPLAY_COUNT, Integer.toString(count));
        add(record, DeadLetterHeaders.REPLAY_ID, "run");
        return record;
    }

    private static void add(ConsumerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
