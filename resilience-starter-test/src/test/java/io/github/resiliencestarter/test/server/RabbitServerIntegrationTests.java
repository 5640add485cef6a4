package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.Cut;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithRabbit
class RabbitServerIntegrationTests {

    private final RabbitServer rabbit;

    RabbitServerIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @Test
    @RequiresCapability(Capability.KILL)
    void what_is_confirmed_survives_kill_9() throws Exception {
        RabbitQueue classic = declared("killed-classic", "classic");
        RabbitQueue quorum = declared("killed-quorum", "quorum");
        Set<Integer> inClassic;
        Set<Integer> inQuorum;
        try (RabbitPublisher toClassic = classic.publisher();
                RabbitPublisher toQuorum = quorum.publisher()) {
            Thread sendingToClassic = toClassic.sendUntilItBreaks();
            Thread sendingToQuorum = toQuorum.sendUntilItBreaks();
            // a new quorum queue needs a moment until it is known on the disk
            await().pollDelay(Duration.ofSeconds(2))
                    .until(() -> toClassic.confirmed().size() > 1_000
                            && toQuorum.confirmed().size() > 1_000);
            rabbit.kill();
            sendingToClassic.join();
            sendingToQuorum.join();
            inClassic = toClassic.confirmed();
            inQuorum = toQuorum.confirmed();
        }
        assertThat(rabbit.isRunning()).isFalse();
        rabbit.start();
        assertThat(classic.read(rabbit.nodes())).containsAll(inClassic);
        assertThat(quorum.read(rabbit.nodes())).containsAll(inQuorum);
    }

    @Test
    void what_is_confirmed_survives_a_restart_at_the_same_address() throws Exception {
        RabbitQueue classic = declared("restarted-classic", "classic");
        RabbitQueue quorum = declared("restarted-quorum", "quorum");
        String addresses = rabbit.addresses();
        Set<Integer> inClassic = confirmed(classic, 500);
        Set<Integer> inQuorum = confirmed(quorum, 500);
        rabbit.restart();
        assertThat(rabbit.addresses()).isEqualTo(addresses).isEqualTo("127.0.0.1:" + rabbit.port());
        assertThat(classic.read(rabbit.nodes())).isEqualTo(inClassic);
        assertThat(quorum.read(rabbit.nodes())).isEqualTo(inQuorum);
    }

    @Test
    @RequiresCapability(Capability.PAUSE)
    void a_paused_server_confirms_nothing_and_goes_on_when_it_is_resumed() throws Exception {
        RabbitQueue queue = declared("paused", "classic");
        try (RabbitPublisher publisher = queue.publisher()) {
            rabbit.pause();
            publisher.send(100);
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> publisher.confirmed().isEmpty());
            rabbit.resume();
            await().until(() -> publisher.confirmed().size() == 100);
            assertThat(queue.read(rabbit.nodes())).isEqualTo(publisher.confirmed());
        }
    }

    @Test
    void a_cut_ends_connections_and_healing_lets_clients_return_to_what_was_confirmed() throws Exception {
        RabbitQueue queue = declared("cut", "classic");
        Set<Integer> confirmed;
        try (RabbitPublisher publisher = queue.publisher()) {
            Thread sending = publisher.sendUntilItBreaks();
            await().until(() -> publisher.confirmed().size() > 100);
            rabbit.proxy().apply(new Cut());
            sending.join();
            confirmed = publisher.confirmed();
        }
        assertThatThrownBy(queue::publisher).isInstanceOf(IOException.class);
        rabbit.proxy().heal();
        assertThat(queue.read(rabbit.nodes())).containsAll(confirmed);
    }

    @Test
    void it_tells_its_version() {
        assertThat(rabbit.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    }

    private RabbitQueue declared(String name, String type) throws Exception {
        RabbitQueue queue = new RabbitQueue(rabbit, name, type);
        queue.declare();
        return queue;
    }

    private static Set<Integer> confirmed(RabbitQueue queue, int messages) throws Exception {
        try (RabbitPublisher publisher = queue.publisher()) {
            publisher.send(messages);
            await().until(() -> publisher.unconfirmed() == 0);
            return publisher.confirmed();
        }
    }
}
