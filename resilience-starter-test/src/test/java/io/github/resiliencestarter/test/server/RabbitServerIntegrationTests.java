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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithRabbit
class RabbitServerIntegrationTests {

    private final RabbitServer rabbit;

    RabbitServerIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    @RequiresCapability(Capability.KILL)
    void what_is_confirmed_survives_kill_9(String type) throws Exception {
        RabbitQueue queue = declared("killed-" + type, type);
        Set<Integer> confirmed;
        try (RabbitPublisher publisher = queue.publisher()) {
            Thread sending = publisher.sendUntilItBreaks();
            // a new quorum queue needs a moment until it is known on the disk
            await().pollDelay(Duration.ofSeconds(2))
                    .until(() -> publisher.confirmed().size() > 1_000);
            rabbit.kill();
            sending.join();
            confirmed = publisher.confirmed();
        }
        assertThat(rabbit.isRunning()).isFalse();
        rabbit.start();
        assertThat(queue.read(rabbit.nodes())).containsAll(confirmed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void what_is_confirmed_survives_a_restart_at_the_same_address(String type) throws Exception {
        RabbitQueue queue = declared("restarted-" + type, type);
        String addresses = rabbit.addresses();
        Set<Integer> confirmed = confirmed(queue, 500);
        rabbit.restart();
        assertThat(rabbit.addresses()).isEqualTo(addresses).isEqualTo("127.0.0.1:" + rabbit.port());
        assertThat(queue.read(rabbit.nodes())).isEqualTo(confirmed);
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
