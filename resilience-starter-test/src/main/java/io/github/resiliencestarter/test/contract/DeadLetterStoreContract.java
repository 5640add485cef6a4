package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeadLetterStore} must keep. Extend it and answer two methods; the tests use sources and ids of their own, so
 * what else is in the store does not matter.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
public abstract class DeadLetterStoreContract {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private DeadLetterStore store;
    private Source source;
    private LetterFilter ofSource;

    /** The store to test. It may be the same for all tests. */
    protected abstract DeadLetterStore store();

    /** Lets the clock of the store go on; a store with a clock of its own may wait, or set its leases back by as much. */
    protected abstract void advance(Duration duration);

    @BeforeEach
    void open() {
        store = store();
        String topic = "contract-" + UUID.randomUUID();
        source = new Source.Topic("group", topic, 1, 7);
        ofSource = LetterFilter.ofSource(topic);
    }

    @Test
    void a_letter_comes_back_as_it_was() {
        DeadLetter letter = Letters.of(source, Letters.BINARY);

        assertThat(store.park(letter)).isEqualTo(Parked.NEW);

        ParkedLetter parked = store.find(letter.id()).orElseThrow();
        assertThat(parked.letter()).isEqualTo(letter);
        assertThat(parked.status()).isEqualTo(LetterStatus.OPEN);
    }

    @Test
    void a_tombstone_is_no_empty_payload_and_no_key_is_no_empty_key() {
        DeadLetter tombstone = with(null, null, Headers.NONE);
        DeadLetter empty = with(new byte[0], new byte[0], Headers.NONE);

        store.park(tombstone);
        store.park(empty);

        assertThat(found(tombstone)).isEqualTo(tombstone);
        assertThat(found(empty)).isEqualTo(empty);
    }

    @Test
    void headers_keep_their_order_their_repetitions_their_types_and_their_nulls() {
        Headers headers = Headers.of(
                Header.of("b", "1"),
                Header.of("a", "2"),
                Header.of("b", Letters.BINARY),
                Header.of("none", (byte[]) null),
                new Header("number", new byte[] {42}, "int"));
        DeadLetter letter = with(Letters.bytes("key"), Letters.bytes("payload"), headers);

        store.park(letter);

        assertThat(found(letter).headers()).isEqualTo(headers);
    }

    @Test
    void a_letter_of_a_queue_keeps_where_it_was_published() {
        DeadLetter letter = Letters.of(new Source.Queue(source.name(), "shop", "orders.created"));

        store.park(letter);

        assertThat(found(letter).source()).isEqualTo(letter.source());
        assertThat(store.count(ofSource)).isEqualTo(1);
    }

    @Test
    void a_letter_that_comes_twice_is_kept_once() {
        DeadLetter letter = Letters.of(source);

        assertThat(store.park(letter)).isEqualTo(Parked.NEW);
        assertThat(store.park(letter)).isEqualTo(Parked.KNOWN);
        assertThat(store.count(ofSource)).isEqualTo(1);
    }

    @Test
    void of_many_threads_that_park_one_letter_one_is_the_first() throws Exception {
        DeadLetter letter = Letters.of(source);

        Collection<Parked> results = Threads.all(() -> store.park(letter));

        assertThat(results).containsOnlyOnce(Parked.NEW).contains(Parked.KNOWN).doesNotContain(Parked.REOPENED);
        assertThat(store.count(ofSource)).isEqualTo(1);
    }

    @Test
    void a_letter_that_failed_again_after_a_replay_is_open_again() {
        DeadLetter letter = Letters.of(source);
        store.park(letter);
        replayed(letter);
        DeadLetter again = Letters.failedAgain(letter);

        assertThat(store.park(again)).isEqualTo(Parked.REOPENED);

        ParkedLetter parked = store.find(letter.id()).orElseThrow();
        assertThat(parked.letter()).isEqualTo(again);
        assertThat(parked.status()).isEqualTo(LetterStatus.OPEN);
        assertThat(store.park(letter)).as("an old copy changes nothing").isEqualTo(Parked.KNOWN);
        assertThat(found(letter)).isEqualTo(again);
    }

    @Test
    void pages_follow_each_other_in_the_order_in_which_letters_came() {
        List<String> ids = park(7);

        List<ParkedLetter> first = store.find(ofSource, null, 3);
        List<ParkedLetter> second = store.find(ofSource, ids.get(2), 3);
        List<ParkedLetter> third = store.find(ofSource, ids.get(5), 3);

        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page)
                .extracting(ParkedLetter::id)
                .containsExactlyElementsOf(ids);
        assertThat(third).hasSize(1);
    }

    @Test
    void letters_are_found_by_source_fingerprint_and_status() {
        DeadLetter one = Letters.of(source);
        DeadLetter other = Letters.of("other-" + one.id(), source, null, new NumberFormatException("x"), 0);
        store.park(one);
        store.park(other);
        discard(other);

        String fingerprint = one.failure().fingerprint();
        assertThat(store.find(ofSource.withFingerprint(fingerprint), null, 10))
                .extracting(ParkedLetter::id)
                .containsExactly(one.id());
        assertThat(store.find(ofSource.withStatus(LetterStatus.DISCARDED), null, 10))
                .extracting(ParkedLetter::id, ParkedLetter::note)
                .containsExactly(tuple(other.id(), "not needed"));
        assertThat(store.count(ofSource.withStatus(LetterStatus.OPEN))).isEqualTo(1);
        assertThat(store.count(LetterFilter.ofSource("nobody's"))).isZero();
    }

    @Test
    void groups_have_the_letters_of_one_cause_the_largest_first() {
        store.park(Letters.of("a-" + source.name(), source, null, new NumberFormatException("17"), 0));
        List<String> ids = park(3);

        List<LetterGroup> groups = store.groups(ofSource);

        assertThat(groups).extracting(LetterGroup::count).containsExactly(3L, 1L);
        DeadLetter sample = store.find(ids.get(0)).orElseThrow().letter();
        assertThat(groups.get(0))
                .isEqualTo(new LetterGroup(
                        source.name(),
                        sample.failure().fingerprint(),
                        IllegalStateException.class.getName(),
                        3,
                        Letters.FIRST,
                        Letters.LAST));
    }

    @Test
    void nobody_gets_a_letter_that_somebody_has_claimed() throws Exception {
        List<String> ids = park(40);

        Collection<List<ParkedLetter>> claims = Threads.all(() -> store.claim(ofSource, "any", LEASE, 5));

        List<String> claimed = new ArrayList<>();
        claims.forEach(each -> each.forEach(letter -> claimed.add(letter.id())));
        assertThat(claimed).doesNotHaveDuplicates().isSubsetOf(ids);
        assertThat(store.claim(ofSource, "last", LEASE, 100)).hasSize(40 - claimed.size());
        assertThat(store.claim(ofSource, "nothing left", LEASE, 100)).isEmpty();
    }

    @Test
    void a_claim_takes_no_more_than_its_limit_the_oldest_first() {
        List<String> ids = park(3);

        assertThat(store.claim(ofSource, "one", LEASE, 2))
                .extracting(ParkedLetter::id)
                .containsExactly(ids.get(0), ids.get(1));
    }

    @Test
    void after_its_lease_a_letter_can_be_claimed_again_and_the_first_owner_is_fenced() {
        String id = park(1).get(0);
        ParkedLetter first = store.claim(id, "one", LEASE).orElseThrow();
        assertThat(store.claim(id, "two", LEASE)).isEmpty();

        advance(LEASE.plusSeconds(1));
        ParkedLetter second = store.claim(id, "two", LEASE).orElseThrow();

        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(store.finish(id, first.token(), LetterStatus.DISCARDED, "too late"))
                .isFalse();
        assertThat(store.find(id).orElseThrow().status()).isEqualTo(LetterStatus.OPEN);
        assertThat(store.finish(id, second.token(), LetterStatus.REPLAYED, null))
                .isTrue();
        assertThat(store.find(id).orElseThrow().status()).isEqualTo(LetterStatus.REPLAYED);
    }

    @Test
    void what_is_not_open_can_not_be_claimed() {
        DeadLetter letter = Letters.of(source);
        store.park(letter);
        discard(letter);

        assertThat(store.claim(letter.id(), "one", LEASE)).isEmpty();
        assertThat(store.claim(ofSource, "one", LEASE, 10)).isEmpty();
    }

    @Test
    void a_letter_that_is_processed_after_its_replay_is_resolved() {
        DeadLetter letter = Letters.of(source);
        store.park(letter);
        assertThat(store.resolve(letter.id(), 0, null))
                .as("it was not replayed")
                .isFalse();
        replayed(letter);

        assertThat(store.resolve(letter.id(), 1, "replay-1")).isTrue();

        assertThat(store.find(letter.id()).orElseThrow().status()).isEqualTo(LetterStatus.RESOLVED);
        assertThat(store.resolve("nobody's", 1, null)).isFalse();
    }

    @Test
    void a_letter_that_is_processed_before_its_replay_is_noted_stays_resolved() {
        DeadLetter letter = Letters.of(source);
        store.park(letter);
        ParkedLetter claimed = store.claim(letter.id(), "one", LEASE).orElseThrow();

        assertThat(store.resolve(letter.id(), 1, "replay-1")).isTrue();

        assertThat(store.finish(letter.id(), claimed.token(), LetterStatus.REPLAYED, null))
                .as("it is not fenced")
                .isTrue();
        assertThat(store.find(letter.id()).orElseThrow().status()).isEqualTo(LetterStatus.RESOLVED);
    }

    @Test
    void a_letter_that_fails_again_before_its_replay_is_noted_stays_open() {
        DeadLetter letter = Letters.of(source);
        store.park(letter);
        ParkedLetter claimed = store.claim(letter.id(), "one", LEASE).orElseThrow();

        assertThat(store.park(Letters.failedAgain(letter))).isEqualTo(Parked.REOPENED);

        assertThat(store.finish(letter.id(), claimed.token(), LetterStatus.REPLAYED, null))
                .isTrue();
        assertThat(store.find(letter.id()).orElseThrow().status()).isEqualTo(LetterStatus.OPEN);
        assertThat(store.resolve(letter.id(), 1, "replay-1"))
                .as("that replay has failed")
                .isFalse();
    }

    @Test
    void only_what_is_done_is_forgotten_and_only_after_its_time() {
        DeadLetter open = Letters.of(source);
        DeadLetter discarded = Letters.of(source);
        store.park(open);
        store.park(discarded);
        discard(discarded);

        store.forget(Duration.ofHours(1));
        assertThat(store.find(discarded.id())).isPresent();

        advance(Duration.ofHours(1).plusSeconds(1));
        assertThat(store.forget(Duration.ofHours(1))).isPositive();

        assertThat(store.find(discarded.id())).isEmpty();
        assertThat(store.find(open.id())).isPresent();
    }

    @Test
    void letters_are_found_by_group_and_by_how_they_were_replayed() {
        List<String> ids = park(2);
        replayed(ids.get(0), "replay-1");
        DeadLetter again = Letters.failedAgain(found(ids.get(0)));
        store.park(again);

        LetterFilter group = ofSource.withGroup(source.group());
        assertThat(ids(group)).containsExactlyElementsOf(ids);
        assertThat(ids(ofSource.withGroup("another group"))).isEmpty();
        assertThat(ids(ofSource.withReplayId("replay-1"))).containsExactly(ids.get(0));
        assertThat(ids(ofSource.withNotReplayedBy("replay-1"))).containsExactly(ids.get(1));
        assertThat(ids(ofSource.withNotReplayedBy("replay-2"))).containsExactlyElementsOf(ids);
        assertThat(ids(ofSource.withMaxReplayCount(0))).containsExactly(ids.get(1));
        assertThat(ids(ofSource.withMaxReplayCount(1))).containsExactlyElementsOf(ids);
    }

    @Test
    void letters_are_found_by_when_they_came() {
        String id = park(1).get(0);
        Instant parkedAt = store.find(id).orElseThrow().parkedAt();

        assertThat(ids(ofSource.withParkedBefore(parkedAt))).containsExactly(id);
        assertThat(ids(ofSource.withParkedBefore(parkedAt.minusSeconds(1)))).isEmpty();
    }

    @Test
    void a_letter_that_failed_again_after_a_replay_is_not_claimed_by_it_again() {
        List<String> ids = park(2);
        LetterFilter notAgain = ofSource.withNotReplayedBy("replay-1");
        store.claim(notAgain, "one", LEASE, 2)
                .forEach(claimed -> store.replayed(claimed.id(), claimed.token(), "replay-1"));
        store.park(Letters.failedAgain(found(ids.get(0))));

        assertThat(store.claim(notAgain, "one", LEASE, 2)).isEmpty();
        assertThat(store.claim(ofSource.withNotReplayedBy("replay-2"), "one", LEASE, 2))
                .extracting(ParkedLetter::id)
                .containsExactly(ids.get(0));
    }

    @Test
    void a_replayed_letter_tells_by_which_replay() {
        String id = park(1).get(0);

        replayed(id, "replay-1");

        assertThat(found(id).replayId()).isEqualTo("replay-1");
        assertThat(status(id)).isEqualTo(LetterStatus.REPLAYED);
    }

    @Test
    void who_is_fenced_notes_no_replay() {
        String id = park(1).get(0);
        ParkedLetter first = store.claim(id, "one", LEASE).orElseThrow();
        advance(LEASE.plusSeconds(1));
        assertThat(store.claim(id, "two", LEASE)).isPresent();

        assertThat(store.replayed(id, first.token(), "replay-1")).isFalse();

        assertThat(found(id).replayId()).isNull();
        assertThat(status(id)).isEqualTo(LetterStatus.OPEN);
        assertThat(store.replayed("nobody's", 1, "replay-1")).isFalse();
    }

    @Test
    void a_replay_is_noted_on_a_letter_that_was_resolved_or_failed_again_before() {
        List<String> ids = park(2);
        List<ParkedLetter> claimed = store.claim(ofSource, "one", LEASE, 2);
        store.resolve(ids.get(0), 1, null);
        store.park(Letters.failedAgain(found(ids.get(1))));

        assertThat(claimed)
                .allSatisfy(letter -> assertThat(store.replayed(letter.id(), letter.token(), "replay-x"))
                        .isTrue());

        assertThat(status(ids.get(0))).isEqualTo(LetterStatus.RESOLVED);
        assertThat(status(ids.get(1))).isEqualTo(LetterStatus.OPEN);
        assertThat(ids(ofSource.withReplayId("replay-x"))).containsExactlyElementsOf(ids);
    }

    @Test
    void a_resolved_letter_tells_by_which_replay_and_keeps_it() {
        String id = park(1).get(0);

        assertThat(store.resolve(id, 1, "replay-1")).isTrue();
        assertThat(found(id).replayId()).isEqualTo("replay-1");

        assertThat(store.resolve(id, 1, null)).as("a second time").isTrue();
        assertThat(found(id).replayId()).isEqualTo("replay-1");
    }

    @Test
    void a_letter_that_was_settled_by_a_handler_is_resolved_whether_it_is_known_or_not() {
        DeadLetter unknown = Letters.of(source);
        DeadLetter known = Letters.of(source);
        DeadLetter older = Letters.of(source);
        DeadLetter newer = Letters.of(source);
        store.park(known);
        DeadLetter newerAgain = Letters.failedAgain(newer);
        DeadLetter olderAgain = Letters.failedAgain(older);
        store.park(newerAgain);
        store.park(older);

        for (DeadLetter letter : List.of(unknown, unknown, known, newer, olderAgain)) {
            store.settle(letter, "refunded");
        }

        assertThat(store.find(ofSource, null, 10)).hasSize(4).allSatisfy(letter -> {
            assertThat(letter.status()).isEqualTo(LetterStatus.RESOLVED);
            assertThat(letter.note()).isEqualTo("refunded");
        });
        assertThat(found(older.id())).isEqualTo(olderAgain);
        assertThat(found(newer.id())).isEqualTo(newerAgain);
        assertThat(store.park(unknown)).isEqualTo(Parked.KNOWN);
        assertThat(status(unknown.id())).isEqualTo(LetterStatus.RESOLVED);
    }

    @Test
    void an_edited_letter_has_the_new_payload_and_the_audit_says_who_and_why() {
        String id = park(1).get(0);
        DeadLetter before = found(id);

        assertThat(store.edit(id, Letters.BINARY, "alice", "the address was cut"))
                .isTrue();
        assertThat(store.edit(id, null, "bob", "not needed by anybody")).isTrue();

        assertThat(found(id).payload()).isNull();
        assertThat(found(id).key()).isEqualTo(before.key());
        assertThat(status(id)).isEqualTo(LetterStatus.OPEN);
        assertThat(store.actions(id))
                .extracting(LetterAction::letterId, LetterAction::kind, LetterAction::by, LetterAction::reason)
                .containsExactly(
                        tuple(id, LetterAction.Kind.EDITED, "alice", "the address was cut"),
                        tuple(id, LetterAction.Kind.EDITED, "bob", "not needed by anybody"));
    }

    @Test
    void neither_a_claimed_letter_nor_one_that_is_not_open_can_be_edited() {
        String id = park(1).get(0);
        ParkedLetter claimed = store.claim(id, "one", LEASE).orElseThrow();
        assertThat(edit(id)).as("claimed").isFalse();

        advance(LEASE.plusSeconds(1));
        assertThat(edit(id)).as("after the lease").isTrue();
        assertThat(store.replayed(id, claimed.token(), "replay-1"))
                .as("what was sent is not what is here now")
                .isFalse();

        replayed(id, "replay-2");
        assertThat(edit(id)).as("replayed").isFalse();
        assertThat(store.actions(id)).hasSize(1);
        assertThat(edit("nobody's")).isFalse();
    }

    @Test
    void open_and_replayed_letters_can_be_discarded_and_discarded_ones_are_opened_again() {
        List<String> ids = park(3);
        replayed(ids.get(1), "replay-1");
        store.resolve(ids.get(2), 1, "replay-1");

        assertThat(ids).extracting(this::discarded).containsExactly(true, true, false);
        assertThat(ids).extracting(this::discarded).as("once").containsExactly(false, false, false);
        assertThat(ids(ofSource.withStatus(LetterStatus.DISCARDED))).containsExactly(ids.get(0), ids.get(1));
        assertThat(store.find(ids.get(0)).orElseThrow().note()).isEqualTo("a test");

        assertThat(ids).extracting(this::reopened).containsExactly(true, true, false);
        assertThat(ids(ofSource.withStatus(LetterStatus.OPEN))).containsExactly(ids.get(0), ids.get(1));
        assertThat(store.claim(ofSource, "one", LEASE, 10)).hasSize(2);
        assertThat(store.actions(ids.get(0)))
                .extracting(LetterAction::kind, LetterAction::by)
                .containsExactly(
                        tuple(LetterAction.Kind.DISCARDED, "alice"), tuple(LetterAction.Kind.REOPENED, "alice"));
        assertThat(store.actions(ids.get(2))).isEmpty();
        assertThat(discarded("nobody's") || reopened("nobody's")).isFalse();
    }

    @Test
    void a_letter_that_is_discarded_while_it_is_claimed_stays_so() {
        String id = park(1).get(0);
        ParkedLetter claimed = store.claim(id, "one", LEASE).orElseThrow();

        assertThat(discarded(id)).isTrue();

        assertThat(store.replayed(id, claimed.token(), "replay-1")).isTrue();
        assertThat(status(id)).isEqualTo(LetterStatus.DISCARDED);
    }

    @Test
    void the_oldest_open_letter_is_known_as_long_as_it_is_open() {
        assertThat(store.oldestOpen(ofSource)).isEmpty();
        List<String> ids = park(2);
        ParkedLetter oldest = store.find(ids.get(0)).orElseThrow();
        ParkedLetter next = store.find(ids.get(1)).orElseThrow();

        assertThat(store.oldestOpen(ofSource)).contains(oldest.parkedAt());

        discarded(oldest.id());
        assertThat(store.oldestOpen(ofSource)).contains(next.parkedAt());
        discarded(next.id());
        assertThat(store.oldestOpen(ofSource)).isEmpty();
    }

    @Test
    void a_letter_tells_when_it_came_and_when_it_changed() {
        String id = park(1).get(0);
        ParkedLetter parked = store.find(id).orElseThrow();
        assertThat(parked.changedAt()).isEqualTo(parked.parkedAt());
        advance(Duration.ofMinutes(1));

        store.edit(id, null, "alice", "a test");

        ParkedLetter edited = store.find(id).orElseThrow();
        assertThat(edited.parkedAt()).isBefore(edited.changedAt());
        assertThat(store.actions(id).get(0).time()).isAfterOrEqualTo(edited.changedAt());
    }

    private boolean edit(String id) {
        return store.edit(id, Letters.bytes("edited"), "alice", "a test");
    }

    private boolean discarded(String id) {
        return store.discard(id, "alice", "a test");
    }

    private boolean reopened(String id) {
        return store.reopen(id, "alice", "a test");
    }

    private List<String> ids(LetterFilter filter) {
        return store.find(filter, null, 10).stream().map(ParkedLetter::id).toList();
    }

    private LetterStatus status(String id) {
        return store.find(id).orElseThrow().status();
    }

    private DeadLetter found(String id) {
        return store.find(id).orElseThrow().letter();
    }

    private void replayed(String id, String replayId) {
        ParkedLetter claimed = store.claim(id, "one", LEASE).orElseThrow();
        assertThat(store.replayed(id, claimed.token(), replayId)).isTrue();
    }

    private DeadLetter found(DeadLetter letter) {
        return store.find(letter.id()).orElseThrow().letter();
    }

    private List<String> park(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DeadLetter letter = Letters.of(source);
            store.park(letter);
            ids.add(letter.id());
        }
        return ids;
    }

    private void discard(DeadLetter letter) {
        finish(letter, LetterStatus.DISCARDED, "not needed");
    }

    private void replayed(DeadLetter letter) {
        finish(letter, LetterStatus.REPLAYED, null);
    }

    private void finish(DeadLetter letter, LetterStatus status, @Nullable String note) {
        ParkedLetter claimed = store.claim(letter.id(), "one", LEASE).orElseThrow();
        assertThat(store.finish(letter.id(), claimed.token(), status, note)).isTrue();
    }

    private DeadLetter with(byte @Nullable [] key, byte @Nullable [] payload, Headers headers) {
        DeadLetter any = Letters.of(source);
        return new DeadLetter(
                any.id(),
                source,
                key,
                payload,
                headers,
                any.failure(),
                any.attempts(),
                any.firstFailedAt(),
                any.lastFailedAt(),
                0,
                null);
    }
}
