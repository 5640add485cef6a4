package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

class FailedIndexTests {

    private final List<ConsumerRecord<String, String>> records = List.of(record(0, 5), record(1, 5), record(1, 6));

    @Test
    void the_listener_says_an_index() {
        assertThat(FailedIndex.in(new BatchListenerFailedException("failed", 1), records))
                .isOne();
    }

    @Test
    void the_listener_says_a_record_be_it_a_copy() {
        assertThat(FailedIndex.in(new BatchListenerFailedException("failed", record(1, 6)), records))
                .isEqualTo(2);
    }

    @Test
    void it_is_found_in_what_is_wrapped_around_it() {
        Exception wrapped =
                new ListenerExecutionFailedException("wrapped", new BatchListenerFailedException("failed", 2));
        assertThat(FailedIndex.in(wrapped, records)).isEqualTo(2);
    }

    @Test
    void what_is_no_record_of_the_batch_does_not_count() {
        assertThat(FailedIndex.in(new BatchListenerFailedException("failed", 3), records))
                .isNegative();
        assertThat(FailedIndex.in(new BatchListenerFailedException("failed", -2), records))
                .isEqualTo(-1);
        assertThat(FailedIndex.in(new BatchListenerFailedException("failed", record(2, 5)), records))
                .isNegative();
        assertThat(FailedIndex.in(new IllegalStateException(), records)).isNegative();
    }

    @Test
    void what_went_wrong_is_the_cause() {
        Exception cause = new IllegalStateException();
        assertThat(FailedIndex.cause(new BatchListenerFailedException("failed", cause, 1)))
                .isSameAs(cause);
        Exception without = new BatchListenerFailedException("failed", 1);
        assertThat(FailedIndex.cause(without)).isSameAs(without);
    }

    private static ConsumerRecord<String, String> record(int partition, long offset) {
        return new ConsumerRecord<>("orders", partition, offset, "key", "value");
    }
}
