package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.kafka.listener.OpenCircuitIntegrationTests.Told;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open circuits behind listeners in transactions. */
@WithKafka
class TransactionalOutageIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "batch"})
    void an_outage_costs_probes_and_no_attempts(String type, KafkaServer kafka) {
        host = OpenCircuitIntegrationTests.host(kafka, 1);
        host.with("spring.kafka.listener.type", type)
                .with("spring.kafka.producer.transaction-id-prefix", host.topic() + "-tx-")
                .with("resilience.calls.inventory.circuit-breaker.wait-duration-in-open-state", "1s")
                .start();
        Inventory inventory = host.bean(Inventory.class);
        inventory.down(true);
        host.send(Host.values("a", 10));
        // All of them for the first record, which has six attempts.
        await().until(() -> inventory.calls() >= 8);
        assertThat(inventory.asked()).containsOnly("a1");
        assertThat(host.bean(Told.class).pauses).containsExactly("paused OPEN_CIRCUIT inventory");
        assertThat(host.committed(0)).isZero();

        inventory.down(false);
        await().untilAsserted(() -> assertThat(host.committed(0)).isGreaterThanOrEqualTo(10));
        assertThat(inventory.reserved()).contains(Host.values("a", 10));
        assertThat(host.deadLetters()).isEmpty();
        await().untilAsserted(() -> assertThat(host.bean(Told.class).pauses)
                .containsExactly("paused OPEN_CIRCUIT inventory", "resumed OPEN_CIRCUIT inventory"));
    }

    /** A machine that is busy may take its time. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }
}
