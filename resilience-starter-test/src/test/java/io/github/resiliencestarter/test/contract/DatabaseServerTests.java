package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcSchema;
import io.github.resiliencestarter.test.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/** What the stores keep when their database is a server: it dies, it is new to many at once, and it has many letters. */
@Timeout(120)
abstract class DatabaseServerTests {

    private static final int MANY = 100_000;
    private static final String AN_INDEX = "resilience_dead_letter_by_";
    private static final Duration LEASE = Duration.ofSeconds(30);

    protected abstract Server server();

    /** A database with nothing in it. */
    protected abstract DataSource emptyDatabase();

    /** A statement that returns the numbers from 1 to {@link #MANY} as {@code n}. */
    protected abstract String numbers(int most);

    protected abstract String explain();

    @Test
    void instances_that_start_at_the_same_moment_create_the_tables_together() throws Exception {
        DataSource database = emptyDatabase();

        Threads.all(() -> {
            new JdbcSchema(database).prepare(JdbcSchema.Initialize.ALWAYS);
            return true;
        });

        new JdbcSchema(database).prepare(JdbcSchema.Initialize.NEVER);
    }

    @Test
    void a_claim_of_a_hundred_letters_of_a_hundred_thousand_reads_them_by_an_index() throws Exception {
        RecordedStatements database = new RecordedStatements(emptyDatabase());
        DeadLetterStore store = prepared(database);
        park(database, MANY);

        printSecond(
                "claim of 100",
                () -> assertThat(store.claim(LetterFilter.ALL, "one", LEASE, 100))
                        .hasSize(100));
        assertThat(database.plan(explain(), "skip locked")).contains(AN_INDEX);
        LetterFilter cause =
                LetterFilter.ofSource("topic-1").withFingerprint("cause-11").withNotReplayedBy("replay");
        printSecond(
                "claim of 100 by cause",
                () -> assertThat(store.claim(cause, "one", LEASE, 100)).hasSize(100));
        assertThat(database.plan(explain(), "skip locked")).contains(AN_INDEX);
        printSecond(
                "oldest open",
                () -> assertThat(store.oldestOpen(LetterFilter.ALL)).isPresent());
        assertThat(database.plan(explain(), "select parked_at")).contains(AN_INDEX);
        printSecond(
                "oldest open of a source",
                () -> assertThat(store.oldestOpen(LetterFilter.ofSource("topic-1")))
                        .isPresent());
        printSecond(
                "groups",
                () -> assertThat(store.groups(LetterFilter.ALL.withStatus(LetterStatus.OPEN)))
                        .hasSize(100));
        printSecond("count", () -> assertThat(store.count(LetterFilter.ALL)).isEqualTo(MANY));
        printSecond(
                "a page from the middle",
                () -> assertThat(store.find(LetterFilter.ALL, "letter-50000", 100))
                        .hasSize(100));
        int old = new JdbcTemplate(database)
                .update("update resilience_dead_letter set status = 'RESOLVED' where id like 'letter-5%'");
        print("forgetting " + old, () -> assertThat(store.forget(Duration.ZERO)).isEqualTo(old));
    }

    /** Each letter is edited and then discarded; whatever of it is there is there with its audit. */
    @Test
    void nothing_is_half_done_when_the_database_is_killed() throws Exception {
        DeadLetterStore store = prepared(emptyDatabase());
        Source source = new Source.Topic("group", "orders", 0, 7);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger failed = new AtomicInteger();
        List<String> confirmed = new CopyOnWriteArrayList<>();
        List<String> begun = new CopyOnWriteArrayList<>();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> work = thread.submit(() -> {
                while (!over.get()) {
                    DeadLetter letter = Letters.of(source);
                    begun.add(letter.id());
                    try {
                        store.park(letter);
                        store.edit(letter.id(), Letters.bytes("edited"), "alice", "a test");
                        ParkedLetter claimed =
                                store.claim(letter.id(), "one", LEASE).orElseThrow();
                        store.replayed(letter.id(), claimed.token(), "replay");
                        store.discard(letter.id(), "alice", "a test");
                        confirmed.add(letter.id());
                    } catch (DataAccessException | TransactionException down) {
                        failed.incrementAndGet();
                    }
                }
            });
            for (int kill = 0; kill < 2; kill++) {
                int before = confirmed.size();
                await().atMost(Duration.ofSeconds(30)).until(() -> confirmed.size() > before + 10 || work.isDone());
                server().kill();
                server().start();
            }
            over.set(true);
            work.get(60, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            thread.shutdownNow();
        }

        assertThat(failed.get()).isPositive();
        System.out.printf("%d letters, %d of them failed in the middle%n", begun.size(), failed.get());
        assertThat(confirmed).allSatisfy(id -> assertThat(status(store, id)).isEqualTo(LetterStatus.DISCARDED));
        for (String id : begun) {
            store.find(id).ifPresent(letter -> isWhole(store, letter));
        }
    }

    private static void isWhole(DeadLetterStore store, ParkedLetter letter) {
        boolean edited = new String(letter.letter().payload()).equals("edited");
        boolean discarded = letter.status() == LetterStatus.DISCARDED;
        boolean replayed = "replay".equals(letter.letter().replayId());
        assertThat(store.actions(letter.id())).hasSize((edited ? 1 : 0) + (discarded ? 1 : 0));
        assertThat(replayed).isEqualTo(letter.status() == LetterStatus.REPLAYED || discarded);
    }

    private static LetterStatus status(DeadLetterStore store, String id) {
        return store.find(id).orElseThrow().status();
    }

    private static DeadLetterStore prepared(DataSource database) {
        new JdbcSchema(database).prepare(JdbcSchema.Initialize.ALWAYS);
        return new JdbcDeadLetterStore(database);
    }

    private void park(DataSource database, int count) {
        DeadLetterStore store = new JdbcDeadLetterStore(database);
        DeadLetter sample = Letters.of(new Source.Topic("group", "sample", 0, 7));
        store.park(sample);
        String columns = "source, consumer_group, topic_partition, topic_offset, headers, exception, stack_trace,"
                + " fingerprint, attempts, replay_count, first_failed_at, last_failed_at, status, parked_at, changed_at,"
                + " token";
        String values = columns.replace("source,", "concat('topic-', n % 10),")
                .replace("stack_trace,", "'none',")
                .replace("fingerprint,", "concat('cause-', n % 100),");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("insert into resilience_dead_letter (id, " + columns + ") select concat('letter-', n), " + values
                + " from resilience_dead_letter, (" + numbers(count) + ") as numbers where id = '" + sample.id() + "'");
        jdbc.update("delete from resilience_dead_letter where id = '" + sample.id() + "'");
        jdbc.execute(analyze());
    }

    protected abstract String analyze();

    /** The second time: what is measured is the database, and not the first use of a statement. */
    private void printSecond(String what, Runnable work) {
        work.run();
        print(what, work);
    }

    private void print(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        System.out.printf(
                "%s, %,d letters, %s: %d ms%n",
                server().name(), MANY, what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
