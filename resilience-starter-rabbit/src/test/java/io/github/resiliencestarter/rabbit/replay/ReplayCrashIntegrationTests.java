package io.github.resiliencestarter.rabbit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The listener is here; who replays is another JVM, which is killed and started again. The long version has more letters. */
@WithPostgres
@WithRabbit
@RequiresCapability(Capability.KILL)
@Timeout(240)
@Import(ReplayCrashIntegrationTests.Listener.class)
@SpringBootTest(
        classes = ReplayerApplication.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "resilience.jdbc.initialize-schema=always",
            "resilience.dead-letters.replay.enabled=false",
            "resilience.rabbit.parking.enabled=false"
        })
class ReplayCrashIntegrationTests {

    private static final String QUEUE = "replayed-after-crash";
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final LetterFilter MEANT = LetterFilter.ofSource(QUEUE);

    static class Listener {

        final Map<String, Integer> processed = new ConcurrentHashMap<>();

        @Bean
        static Queue queue() {
            return QueueBuilder.durable(QUEUE).quorum().build();
        }

        @RabbitListener(queues = QUEUE)
        void on(Message message) {
            processed.merge(new String(message.getBody()), 1, Integer::sum);
        }
    }

    @Autowired
    private Listener listener;

    @Autowired
    private DeadLetterStore letters;

    @Autowired
    private ReplayStore replays;

    @Autowired
    private JdbcClient database;

    private final int count = letters();
    private final List<ReplayerProcess> replayers = new ArrayList<>();
    private List<String> properties;

    /** How many letters there are. */
    int letters() {
        return 3_000;
    }

    @BeforeEach
    void park(RabbitServer rabbit, PostgresServer postgres) {
        database.sql("DELETE FROM resilience_dead_letter").update();
        listener.processed.clear();
        IntStream.range(0, count)
                .parallel()
                .mapToObj(ReplayCrashIntegrationTests::letter)
                .forEach(letters::park);
        properties = List.of(
                "spring.rabbitmq.addresses=" + rabbit.addresses(),
                "spring.datasource.url=" + postgres.jdbcUrl(),
                "spring.datasource.username=" + postgres.username(),
                "spring.datasource.password=" + postgres.password(),
                "resilience.jdbc.initialize-schema=always",
                "resilience.rabbit.parking.enabled=false",
                "resilience.dead-letters.replay.lease=5s",
                "resilience.dead-letters.replay.poll-interval=500ms");
    }

    @AfterEach
    void end() {
        replayers.forEach(ReplayerProcess::close);
    }

    @Test
    void a_replay_that_is_cancelled_killed_and_started_again_brings_each_letter_back_once() throws Exception {
        ReplayerProcess replayer = startReplayer();
        replays.create("first", request());
        awaitProcessed(count / 5);

        assertThat(replays.cancel("first", "alice")).isTrue();
        await().atMost(LONG)
                .during(Duration.ofSeconds(2))
                .until(() -> letters.count(MEANT.withStatus(LetterStatus.REPLAYED)) == 0);
        long open = letters.count(MEANT.withStatus(LetterStatus.OPEN));
        assertThat(open).isBetween(1L, count - count / 5L);
        assertThat(listener.processed).hasSize((int) (count - open));

        replays.create("second", request());
        awaitProcessed(count - (int) open / 2);
        replayer.close();
        assertThat(letters.count(MEANT.withStatus(LetterStatus.OPEN))).isPositive();
        startReplayer();

        awaitCompleted("second");
        assertEachProcessedOnce();
    }

    @Test
    void of_two_instances_that_replay_the_same_letters_one_is_killed_and_each_letter_comes_back_once()
            throws Exception {
        ReplayerProcess killed = startReplayer();
        startReplayer();
        replays.create("mine", request());
        replays.create("theirs", request());
        awaitProcessed(count / 3);
        killed.close();

        awaitCompleted("mine");
        awaitCompleted("theirs");
        assertEachProcessedOnce();
    }

    private ReplayerProcess startReplayer() throws IOException {
        ReplayerProcess replayer =
                ReplayerProcess.start(properties, new File("target/replayer-" + replayers.size() + ".log"));
        replayers.add(replayer);
        return replayer;
    }

    private void awaitCompleted(String replay) {
        await().atMost(LONG).until(() -> replays.find(replay).orElseThrow().status() == ReplayStatus.COMPLETED);
    }

    private void assertEachProcessedOnce() {
        await().atMost(LONG).until(() -> letters.count(MEANT.withStatus(LetterStatus.RESOLVED)) == count);
        assertThat(listener.processed).hasSize(count);
        assertThat(listener.processed.values()).containsOnly(1);
    }

    private void awaitProcessed(int letters) {
        await().atMost(LONG).until(() -> listener.processed.size() >= letters);
    }

    private static ReplayRequest request() {
        return new ReplayRequest(MEANT, null, 1_000, false, 3, "alice", "the stock is back");
    }

    private static DeadLetter letter(int number) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new DeadLetter(
                UUID.randomUUID().toString(),
                new Source.Queue(QUEUE, "", QUEUE),
                null,
                Integer.toString(number).getBytes(),
                Headers.NONE,
                Failure.of(new IllegalStateException("no stock")),
                3,
                now,
                now,
                0,
                null);
    }
}
