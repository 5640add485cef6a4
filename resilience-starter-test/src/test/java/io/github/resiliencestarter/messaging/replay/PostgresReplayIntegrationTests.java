package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.replay.Consumer.Outcome;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.contract.JdbcStore;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithPostgres
class PostgresReplayIntegrationTests {

    private static final int LETTERS = 120;
    private static final ReplayProperties PROPERTIES = new ReplayProperties(
            true, 0, true, Duration.ofMinutes(1), 3, Duration.ofSeconds(2), Duration.ofMillis(100), 100, null);

    private final String topic = "orders-" + UUID.randomUUID();
    private JdbcStore postgres;
    private Consumer consumer;
    private Replays replays;

    @BeforeEach
    void park(PostgresServer server) {
        postgres = JdbcStore.in(server);
        consumer = new Consumer(postgres.store(), Clock.systemUTC());
        replays = new Replays(postgres.store(), postgres.replays(), Clock.systemUTC(), () -> {});
        Failure failure = Failure.of(new IllegalStateException("no stock"));
        Instant now = Instant.now();
        for (int offset = 0; offset < LETTERS; offset++) {
            Source.Topic source = new Source.Topic("billing", topic, 0, offset);
            postgres.store()
                    .park(new DeadLetter(
                            source.letterId(), source, null, null, Headers.NONE, failure, 4, now, now, 0, null));
        }
    }

    @Test
    void after_a_crash_another_instance_sends_the_rest_and_only_what_was_in_the_air_twice() {
        ReplayJob job = replays.start(
                new ReplayRequest(LetterFilter.ofSource(topic), null, 0, true, 3, "alice", "stock is back"));
        consumer.answers(number -> number == 40 ? Outcome.CRASH : Outcome.PROCESSED);
        assertThatThrownBy(() -> instance("one").runNext(() -> false)).isInstanceOf(Consumer.Crash.class);
        consumer.answers(number -> Outcome.PROCESSED);

        ReplayRunner two = instance("two");
        two.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(status(job))
                            .as("%s", replays.progress(job.id()))
                            .isEqualTo(ReplayStatus.COMPLETED));
        } finally {
            two.stop();
        }

        assertThat(two.isRunning()).isFalse();
        assertThat(consumer.sent).hasSize(LETTERS + 1);
        assertThat(new HashSet<>(consumer.ids())).hasSize(LETTERS);
        assertThat(postgres.store().count(LetterFilter.ofSource(topic).withStatus(LetterStatus.RESOLVED)))
                .isEqualTo(LETTERS);
        ReplayProgress progress = replays.progress(job.id()).orElseThrow();
        assertThat(progress.resolved()).isEqualTo(LETTERS);
        assertThat(progress.notSeenYet()).isZero();
    }

    private ReplayStatus status(ReplayJob job) {
        return postgres.replays().find(job.id()).orElseThrow().status();
    }

    private ReplayRunner instance(String name) {
        ReplayParts parts = new ReplayParts(
                postgres.store(),
                postgres.replays(),
                () -> List.of(consumer),
                MessageObserver.NONE,
                LetterTraces.NONE,
                CallClock.system(),
                PROPERTIES,
                name);
        return new ReplayRunner(
                parts, new ReplaySchedules(List.of(), postgres.store(), postgres.replays(), Clock.systemUTC()));
    }
}
