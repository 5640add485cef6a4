package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ReplayStore} must keep. Extend it and answer two methods. The store has no running replays but those of the
 * tests, which leave none.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
public abstract class ReplayStoreContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final ReplayRequest ALL = new ReplayRequest(LetterFilter.ALL, null, 0, false, 5, "alice", null);

    private ReplayStore store;
    private String id;

    /** The store to test. It may be the same for all tests. */
    protected abstract ReplayStore store();

    /** Lets the clock of the store go on; a store with a clock of its own may wait, or set its leases back by as much. */
    protected abstract void advance(Duration duration);

    @BeforeEach
    void open() {
        store = store();
        id = newId();
    }

    @AfterEach
    void leaveNothing() {
        store.running().forEach(job -> store.cancel(job.id(), "the end of the test"));
    }

    @Test
    void a_replay_comes_back_as_it_was_asked_for() {
        ReplayRequest request = new ReplayRequest(
                new LetterFilter(
                        "orders",
                        "billing",
                        "abc",
                        LetterStatus.OPEN,
                        "replay-1",
                        "replay-2",
                        3,
                        Instant.parse("2026-11-21T03:00:00.123456Z")),
                "letter-1",
                12.5,
                true,
                7,
                "alice",
                "the stock is back");

        assertThat(store.create(id, request)).isTrue();

        ReplayJob job = found();
        assertThat(job.request()).isEqualTo(request);
        assertThat(job.status()).isEqualTo(ReplayStatus.RUNNING);
        assertThat(job.sent()).isZero();
        assertThat(job.endedAt()).isNull();
        String other = newId();
        store.create(other, ALL);
        assertThat(store.find(other).orElseThrow().request()).isEqualTo(ALL);
        assertThat(store.find("nobody's")).isEmpty();
    }

    @Test
    void a_replay_is_created_once() throws Exception {
        Collection<Boolean> created = Threads.all(() -> store.create(id, ALL));

        assertThat(created).containsOnlyOnce(true);
        assertThat(store.create(id, new ReplayRequest(LetterFilter.ALL, null, 1, true, 1, "bob", null)))
                .isFalse();
        assertThat(found().request()).as("that of the first").isEqualTo(ALL);
    }

    @Test
    void of_many_that_claim_it_one_gets_it() throws Exception {
        store.create(id, ALL);

        Collection<Optional<ReplayJob>> claims = Threads.all(() -> store.claim("any", LEASE));

        assertThat(claims.stream().flatMap(Optional::stream))
                .extracting(ReplayJob::id)
                .containsExactly(id);
    }

    @Test
    void the_oldest_is_claimed_first() {
        String second = newId();
        store.create(id, ALL);
        store.create(second, ALL);

        assertThat(claimed().id()).isEqualTo(id);
        assertThat(claimed().id()).isEqualTo(second);
        assertThat(store.claim("three", LEASE)).isEmpty();
    }

    @Test
    void progress_adds_up_and_renews_the_lease() {
        store.create(id, ALL);
        ReplayJob claimed = claimed();
        advance(LEASE.minusSeconds(10));

        assertThat(store.progress(id, claimed.token(), 3, LEASE).orElseThrow().sent())
                .isEqualTo(3);
        advance(LEASE.minusSeconds(10));

        assertThat(store.claim("two", LEASE))
                .as("the lease is that of the progress")
                .isEmpty();
        assertThat(store.progress(id, claimed.token(), 4, LEASE).orElseThrow().sent())
                .isEqualTo(7);
    }

    @Test
    void after_its_lease_another_goes_on_and_the_first_is_fenced() {
        store.create(id, ALL);
        ReplayJob first = claimed();
        store.progress(id, first.token(), 3, LEASE);
        advance(LEASE.plusSeconds(1));

        ReplayJob second = claimed();

        assertThat(second.sent()).isEqualTo(3);
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(store.progress(id, first.token(), 1, LEASE)).isEmpty();
        assertThat(store.end(id, first.token(), ReplayStatus.COMPLETED, null)).isFalse();
        store.release(id, first.token());
        assertThat(store.claim("three", LEASE)).isEmpty();
        assertThat(found().status()).isEqualTo(ReplayStatus.RUNNING);
        assertThat(found().sent()).isEqualTo(3);
        assertThat(store.end(id, second.token(), ReplayStatus.COMPLETED, null)).isTrue();
    }

    @Test
    void who_runs_a_cancelled_replay_is_told_and_what_it_sent_counts() {
        store.create(id, ALL);
        ReplayJob claimed = claimed();

        assertThat(store.cancel(id, "bob")).isTrue();

        ReplayJob told = store.progress(id, claimed.token(), 3, LEASE).orElseThrow();
        assertThat(told.status()).isEqualTo(ReplayStatus.CANCELLED);
        assertThat(told.sent()).isEqualTo(3);
        assertThat(told.note()).contains("bob");
        assertThat(told.endedAt()).isNotNull();
        assertThat(store.end(id, claimed.token(), ReplayStatus.COMPLETED, null)).isTrue();
        assertThat(found().status()).isEqualTo(ReplayStatus.CANCELLED);
        advance(LEASE.plusSeconds(1));
        assertThat(store.claim("two", LEASE)).as("nothing to do").isEmpty();
        assertThat(store.cancel(id, "bob")).as("once").isFalse();
        assertThat(store.cancel("nobody's", "bob")).isFalse();
    }

    @Test
    void what_is_given_back_is_claimed_by_another_at_once() {
        store.create(id, ALL);
        ReplayJob first = claimed();
        store.progress(id, first.token(), 3, LEASE);

        store.release(id, first.token());

        assertThat(store.progress(id, first.token(), 1, LEASE)).isEmpty();
        assertThat(claimed().sent()).isEqualTo(3);
    }

    @Test
    void an_ended_replay_says_why_and_is_not_claimed_again() {
        store.create(id, ALL);
        ReplayJob claimed = claimed();

        assertThat(store.end(id, claimed.token(), ReplayStatus.STOPPED, "the canary failed"))
                .isTrue();

        ReplayJob ended = found();
        assertThat(ended.status()).isEqualTo(ReplayStatus.STOPPED);
        assertThat(ended.note()).isEqualTo("the canary failed");
        assertThat(Objects.requireNonNull(ended.endedAt())).isAfterOrEqualTo(ended.createdAt());
        advance(LEASE.plusSeconds(1));
        assertThat(store.claim("two", LEASE)).isEmpty();
        assertThat(store.cancel(id, "bob")).isFalse();
        assertThat(found().status()).isEqualTo(ReplayStatus.STOPPED);
    }

    @Test
    void the_youngest_is_listed_first() {
        String second = newId();
        store.create(id, ALL);
        store.create(second, ALL);

        assertThat(store.recent(2)).extracting(ReplayJob::id).containsExactly(second, id);
        assertThat(store.recent(1)).extracting(ReplayJob::id).containsExactly(second);
    }

    @Test
    void those_that_are_running_are_known_however_many_have_ended_since() {
        String second = newId();
        store.create(id, ALL);
        store.create(second, ALL);
        for (int i = 0; i < 30; i++) {
            String ended = newId();
            store.create(ended, ALL);
            store.cancel(ended, "bob");
        }

        assertThat(store.running()).extracting(ReplayJob::id).containsExactly(second, id);
    }

    @Test
    void only_ended_replays_are_forgotten_and_only_after_their_time() {
        String running = newId();
        store.create(id, ALL);
        store.cancel(id, "bob");
        store.create(running, ALL);
        store.forget(Duration.ofHours(1));
        assertThat(store.find(id)).isPresent();

        advance(Duration.ofHours(1).plusSeconds(1));

        assertThat(store.forget(Duration.ofHours(1))).isPositive();
        assertThat(store.find(id)).isEmpty();
        assertThat(store.find(running)).isPresent();
    }

    private ReplayJob claimed() {
        return store.claim("any", LEASE).orElseThrow();
    }

    private ReplayJob found() {
        return store.find(id).orElseThrow();
    }

    private static String newId() {
        return "replay-" + UUID.randomUUID();
    }
}
