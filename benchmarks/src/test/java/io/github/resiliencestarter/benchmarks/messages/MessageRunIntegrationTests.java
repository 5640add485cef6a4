package io.github.resiliencestarter.benchmarks.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that lost records, or did not retry them, would win for the wrong reason. */
class MessageRunIntegrationTests {

    private static final Load LOAD = Load.of(300, 1);

    private static Broker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start();
        try (Topics topics = new Topics(broker.bootstrapServers())) {
            topics.fill(LOAD);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void every_peer_processes_the_good_records_and_dead_letters_each_poison_record_once(MessagePeer peer)
            throws Exception {
        Measured measured = new MessageRun(broker.bootstrapServers(), peer, LOAD).measure();

        assertThat(measured.good()).isEqualTo(297);
        assertThat(measured.again()).isZero();
        assertThat(measured.deadLetters()).isEqualTo(3);
        assertThat(measured.exactly()).isTrue();
        assertThat(measured.poisonAttempts()).isEqualTo(3 * MessagePeer.MAX_ATTEMPTS);
        assertThat(measured.millis()).isPositive();
    }

    @Test
    void a_peer_whose_dead_letters_do_not_come_is_not_complete() {
        Measured stuck = new Measured(MessagePeer.STOCK, LOAD, 297, 9, 0, 2, false, 1, 1000, 900);

        assertThat(stuck.isComplete()).isFalse();
        assertThat(Measured.parse(stuck.line())).contains(stuck);
    }
}
