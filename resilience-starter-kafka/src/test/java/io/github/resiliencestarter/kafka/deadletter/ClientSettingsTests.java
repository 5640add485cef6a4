package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ClientSettingsTests {

    private static final int TWICE_OF_OURS = 256 << 10;

    @Test
    void a_batch_has_room_for_many_stack_traces() {
        assertThat(batchSize(Map.of())).isEqualTo(128 << 10);
        assertThat(batchSize(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, "16384"))).isEqualTo(128 << 10);
    }

    @Test
    void a_larger_batch_of_the_host_is_kept() {
        assertThat(batchSize(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, TWICE_OF_OURS)))
                .isEqualTo(TWICE_OF_OURS);
    }

    private static Object batchSize(Map<String, Object> host) {
        return ClientSettings.producer(host, Duration.ofSeconds(10)).get(ProducerConfig.BATCH_SIZE_CONFIG);
    }
}
