package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A store, and letters of one test alone in it. */
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
abstract class StoreUnderTest {

    static final Duration LEASE = Duration.ofSeconds(30);

    DeadLetterStore store;
    Source source;
    LetterFilter ofSource;

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

    boolean discarded(String id) {
        return store.discard(id, "alice", "a test");
    }

    List<String> ids(LetterFilter filter) {
        return store.find(filter, null, 10).stream().map(ParkedLetter::id).toList();
    }

    LetterStatus status(String id) {
        return store.find(id).orElseThrow().status();
    }

    DeadLetter found(String id) {
        return store.find(id).orElseThrow().letter();
    }

    void replayed(String id, String replayId) {
        ParkedLetter claimed = store.claim(id, "one", LEASE).orElseThrow();
        assertThat(store.replayed(id, claimed.token(), replayId)).isTrue();
    }

    DeadLetter found(DeadLetter letter) {
        return store.find(letter.id()).orElseThrow().letter();
    }

    List<String> park(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DeadLetter letter = Letters.of(source);
            store.park(letter);
            ids.add(letter.id());
        }
        return ids;
    }

    void discard(DeadLetter letter) {
        finish(letter, LetterStatus.DISCARDED, "not needed");
    }

    void replayed(DeadLetter letter) {
        finish(letter, LetterStatus.REPLAYED, null);
    }

    void finish(DeadLetter letter, LetterStatus status, @Nullable String note) {
        ParkedLetter claimed = store.claim(letter.id(), "one", LEASE).orElseThrow();
        assertThat(store.finish(letter.id(), claimed.token(), status, note)).isTrue();
    }
}
