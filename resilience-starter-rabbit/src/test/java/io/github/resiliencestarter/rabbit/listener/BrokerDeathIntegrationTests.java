package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network is cut, and then the broker dies, while messages are in hand that do not go to their listener one by one. */
@WithRabbit
class BrokerDeathIntegrationTests {

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final String[] POISON = {"poison", "poison2"};

    private final RabbitServer rabbit;
    private final CountDownLatch cut = new CountDownLatch(1);
    private final CountDownLatch died = new CountDownLatch(1);
    private Host host;

    BrokerDeathIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @AfterEach
    void close() {
        Shipping.close(host);
    }

    @Test
    void of_batches_nothing_is_lost() {
        host = Host.of(rabbit, Batches.class).start();
        disrupt();
        awaitProcessed();
        assertConserved();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "batch"})
    void of_what_is_processed_in_a_transaction_nothing_is_lost(String type) {
        host = Shipping.host(rabbit, type).start();
        disrupt();
        awaitProcessed();
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(Shipping.shipped(host))
                        .contains("cut", "died")
                        .contains(good()));
        assertThat(Shipping.shipped(host)).doesNotContain(POISON);
        assertConserved();
    }

    /** Each while a message is in hand, and others are behind it. */
    private void disrupt() {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch again = new CountDownLatch(1);
        recorder()
                .failAlways(POISON)
                .on("cut", attempt -> awaits(inHand, cut))
                .on("died", attempt -> awaits(again, died));
        host.send("poison", "cut").send(good()).send("died", "poison2");
        reaches(inHand);
        rabbit.proxy().apply(new Cut());
        rabbit.proxy().heal();
        cut.countDown();
        reaches(again);
        rabbit.kill();
        rabbit.start();
        died.countDown();
    }

    private static void awaits(CountDownLatch here, CountDownLatch end) {
        here.countDown();
        reaches(end);
    }

    private static void reaches(CountDownLatch latch) {
        await().atMost(RECOVERY).until(() -> latch.getCount() == 0);
    }

    private void awaitProcessed() {
        await().atMost(RECOVERY)
                .untilAsserted(
                        () -> assertThat(new HashSet<>(host.deadLetters())).isEqualTo(Set.of(POISON)));
        await().atMost(RECOVERY)
                .untilAsserted(() ->
                        assertThat(recorder().seen()).contains("cut", "died").contains(good()));
    }

    private void assertConserved() {
        // What was in hand has come again.
        assertThat(recorder().count("cut")).isGreaterThan(1);
        assertThat(recorder().count("died")).isGreaterThan(1);
        assertThat(host.unacknowledged()).isZero();
    }

    private static String[] good() {
        return Host.values("good", 10);
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }
}
