package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A letter comes back as it was, is there once, and is found. */
abstract class KeptLettersContract extends StoreUnderTest {

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
