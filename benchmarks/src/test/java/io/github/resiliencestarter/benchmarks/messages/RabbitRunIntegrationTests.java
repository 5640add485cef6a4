package io.github.resiliencestarter.benchmarks.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that lost messages, or did not retry them, would win for the wrong reason. */
@WithRabbit
class RabbitRunIntegrationTests {

    private static final Load LOAD = Load.of(300, 1);

    private final RabbitServer rabbit;

    RabbitRunIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PLAIN"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_peer_processes_the_good_messages_and_dead_letters_each_poison_message_once(RabbitPeer peer)
            throws Exception {
        RabbitMeasured measured = measure(peer, new RabbitLoad(QueueType.QUORUM, LOAD, 0));

        assertThat(measured.good()).isEqualTo(297);
        assertThat(measured.letters()).isEqualTo(3);
        assertThat(measured.isExact()).as("%s", measured).isTrue();
        assertThat(measured.poisonAttempts()).isEqualTo(3 * RabbitPeer.MAX_ATTEMPTS);
        assertThat(measured.millis()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PLAIN"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_peer_waits_before_each_retry(RabbitPeer peer) throws Exception {
        RabbitMeasured measured = measure(peer, new RabbitLoad(QueueType.CLASSIC, LOAD, 100));

        assertThat(measured.isExact()).as("%s", measured).isTrue();
        assertThat(measured.millis()).isGreaterThanOrEqualTo(200);
    }

    private RabbitMeasured measure(RabbitPeer peer, RabbitLoad load) throws Exception {
        return new RabbitRun(rabbit.node(0).proxy().targetAddress(), peer, load).measure();
    }
}
