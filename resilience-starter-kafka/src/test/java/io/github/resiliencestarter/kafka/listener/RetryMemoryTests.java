package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RetryMemoryTests {

    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

    private final RetryMemory memory = new RetryMemory();

    @Test
    void it_knows_exactly_the_record_that_failed() {
        Remembered failed = Remembered.firstTime(7);
        memory.put(FIRST, failed);
        assertThat(memory.find(FIRST, 7)).isEqualTo(failed);
        assertThat(memory.find(FIRST, 8)).isNull();
        assertThat(memory.find(SECOND, 7)).isNull();
    }

    @Test
    void it_is_empty_when_nothing_is_expected_to_come_again() {
        assertThat(memory.isEmpty()).isTrue();
        memory.put(FIRST, Remembered.firstTime(7));
        memory.put(SECOND, Remembered.firstTime(9));
        assertThat(memory.isEmpty()).isFalse();
        memory.forget(FIRST, 7);
        assertThat(memory.isEmpty()).isFalse();
        memory.forget(SECOND, 9);
        assertThat(memory.isEmpty()).isTrue();
    }

    @Test
    void to_forget_another_record_of_the_partition_changes_nothing() {
        memory.put(FIRST, Remembered.firstTime(7));
        memory.forget(FIRST, 6);
        assertThat(memory.find(FIRST, 7)).isNotNull();
    }

    @Test
    void a_partition_has_one_record_at_most_so_it_does_not_grow() {
        for (long offset = 0; offset < 1000; offset++) {
            memory.put(FIRST, Remembered.firstTime(offset));
        }
        memory.forget(FIRST, 999);
        assertThat(memory.isEmpty()).isTrue();
    }

    @Test
    void attempts_add_up_and_the_first_failure_stays_the_first() {
        Remembered first = Remembered.firstTime(7);
        Remembered third = first.again().again();
        assertThat(third.attempts()).isEqualTo(3);
        assertThat(third.firstFailedAt()).isEqualTo(first.firstFailedAt());
        assertThat(third.givenUp(new IllegalStateException()).attempts()).isEqualTo(3);
    }
}
