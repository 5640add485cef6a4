package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People, handlers and time put letters right, and away. */
abstract class ChangedLettersContract extends ClaimedLettersContract {

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

    private boolean reopened(String id) {
        return store.reopen(id, "alice", "a test");
    }
}
