package io.github.resiliencestarter.benchmarks.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that lost messages, or did not retry them, would win for the wrong reason. */
@WithRabbit
class RabbitHostIntegrationTests {

    private static final Load LOAD = Load.of(300, 1);

    private final RabbitServer rabbit;

    RabbitHostIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PLAIN"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_peer_processes_the_good_messages_and_dead_letters_each_poison_message_once(RabbitPeer peer)
            throws Exception {
        RabbitMeasured measured = measure(peer, QueueType.QUORUM, 0);

        assertThat(measured.good()).isEqualTo(297);
        assertThat(measured.letters()).isEqualTo(3);
        assertThat(measured.isExact()).as("%s", measured).isTrue();
        assertThat(measured.poisonAttempts()).isEqualTo(3 * RabbitPeer.MAX_ATTEMPTS);
        assertThat(measured.millis()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PLAIN", "BY_HAND"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_peer_waits_before_each_retry(RabbitPeer peer) throws Exception {
        RabbitMeasured measured = measure(peer, QueueType.CLASSIC, 100);

        assertThat(measured.isExact()).as("%s", measured).isTrue();
        assertThat(measured.millis()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void a_load_is_measured_for_itself_though_the_application_has_met_another_one() throws Exception {
        try (RabbitHost host = host(RabbitPeer.OURS, QueueType.QUORUM, 0)) {
            host.measure(Load.of(200, 10));
            RabbitMeasured measured = host.measure(LOAD);

            assertThat(measured.good()).isEqualTo(297);
            assertThat(measured.isExact()).as("%s", measured).isTrue();
            assertThat(measured.mostInFlight()).isBetween(1, 3);
        }
    }

    private RabbitMeasured measure(RabbitPeer peer, QueueType queueType, long backoffMillis) throws Exception {
        try (RabbitHost host = host(peer, queueType, backoffMillis)) {
            return host.measure(LOAD);
        }
    }

    private RabbitHost host(RabbitPeer peer, QueueType queueType, long backoffMillis) throws Exception {
        return new RabbitHost(rabbit.node(0).proxy().targetAddress(), peer, queueType, backoffMillis);
    }
}
