package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.conservation.ConsumerProcess;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a replay must keep though the instance that runs it is killed: each letter comes back, and is processed once. Extend it by a
 * Spring Boot test on a real broker and a real database whose listener consumes {@link #OF_ONE} and {@link #OF_TWO}, and which
 * replays nothing itself ({@code resilience.dead-letters.replay.enabled: false}): who replays are other JVMs with the class path
 * of this one.
 */
@Timeout(240)
@SuppressWarnings("NullAway.Init") // Spring injects both stores
public abstract class ReplayCrashContract {

    /** The topic or queue whose letters one instance replays at a time. */
    public static final String OF_ONE = "replayed-by-one";

    /** The topic or queue whose letters two instances replay. */
    public static final String OF_TWO = "replayed-by-two";

    private static final long MOST_SECONDS = 90;
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long QUIET_MILLIS = 2_000;
    private static final int LETTERS_PER_SECOND = 1_000;
    private static final int MOST_REPLAYS = 3;

    private final List<ConsumerProcess> replayers = new ArrayList<>();

    @Autowired
    private DeadLetterStore letters;

    @Autowired
    private ReplayStore replays;

    /** Where one of the letters failed. */
    protected abstract Source source(String name, int number);

    /** Each payload that the listener has processed, and how often. */
    protected abstract Map<String, Integer> processed();

    /** Where an instance finds the broker and the database, as {@code key=value}. */
    protected abstract List<String> properties();

    /** What the instances log is appended to it. */
    protected abstract File log();

    /** How many letters there are: 3,000. */
    protected int count() {
        return 3_000;
    }

    @AfterEach
    void end() {
        replayers.forEach(ConsumerProcess::kill);
    }

    @Test
    void a_replay_that_is_cancelled_killed_and_started_again_brings_each_letter_back_once() throws Exception {
        park(OF_ONE);
        ConsumerProcess replayer = startReplayer();
        replay("first", OF_ONE);
        await(() -> processedOf(OF_ONE) >= count() / 5);

        assertThat(replays.cancel("first", "alice")).isTrue();
        await(() -> letters(OF_ONE, LetterStatus.REPLAYED) == 0);
        Thread.sleep(QUIET_MILLIS);
        assertThat(letters(OF_ONE, LetterStatus.REPLAYED)).isZero();
        int open = letters(OF_ONE, LetterStatus.OPEN);
        assertThat(open).isBetween(1, count() - count() / 5);
        assertThat(processedOf(OF_ONE)).isEqualTo(count() - open);

        replay("second", OF_ONE);
        await(() -> processedOf(OF_ONE) >= count() - open / 2);
        replayer.kill();
        assertThat(letters(OF_ONE, LetterStatus.OPEN)).isPositive();
        startReplayer();

        awaitCompleted("second");
        assertEachCameBackOnce(OF_ONE);
    }

    @Test
    void of_two_instances_that_replay_the_same_letters_one_is_killed_and_each_letter_comes_back_once()
            throws Exception {
        park(OF_TWO);
        ConsumerProcess killed = startReplayer();
        startReplayer();
        replay("mine", OF_TWO);
        replay("theirs", OF_TWO);
        await(() -> processedOf(OF_TWO) >= count() / 3);
        killed.kill();

        awaitCompleted("mine");
        awaitCompleted("theirs");
        assertEachCameBackOnce(OF_TWO);
    }

    private void park(String name) {
        IntStream.range(0, count())
                .parallel()
                .mapToObj(number -> letter(name, number))
                .forEach(letters::park);
    }

    private DeadLetter letter(String name, int number) {
        Source source = source(name, number);
        String id = source instanceof Source.Topic topic
                ? topic.letterId()
                : UUID.randomUUID().toString();
        return Letters.of(id, source, Letters.bytes(name + " " + number), new IllegalStateException("no stock"), 0);
    }

    private ConsumerProcess startReplayer() {
        List<String> arguments = Stream.concat(
                        properties().stream(),
                        Stream.of(
                                "resilience.dead-letters.replay.lease=5s",
                                "resilience.dead-letters.replay.poll-interval=500ms"))
                .map(property -> "--" + property)
                .toList();
        ConsumerProcess replayer = new ConsumerProcess(ReplayerApplication.class, arguments, log(), number -> {});
        replayers.add(replayer);
        replayer.start();
        return replayer;
    }

    private void replay(String id, String name) {
        LetterFilter meant = LetterFilter.ofSource(name);
        replays.create(
                id,
                new ReplayRequest(meant, null, LETTERS_PER_SECOND, false, MOST_REPLAYS, "alice", "the stock is back"));
    }

    private void awaitCompleted(String replay) throws InterruptedException {
        await(() -> replays.find(replay).orElseThrow().status() == ReplayStatus.COMPLETED);
    }

    private void assertEachCameBackOnce(String name) throws InterruptedException {
        await(() -> letters(name, LetterStatus.RESOLVED) == count());
        assertThat(processedOf(name)).isEqualTo(count());
        assertThat(processed().values()).containsOnly(1);
    }

    private int letters(String name, LetterStatus status) {
        return (int) letters.count(LetterFilter.ofSource(name).withStatus(status));
    }

    private int processedOf(String name) {
        return (int) processed().keySet().stream()
                .filter(payload -> payload.startsWith(name))
                .count();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
