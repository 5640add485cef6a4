package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Letters are claimed by one, who may lose them, and sent again; the store hears of what becomes of them in any order. */
abstract class ClaimedLettersContract extends KeptLettersContract {

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
}
