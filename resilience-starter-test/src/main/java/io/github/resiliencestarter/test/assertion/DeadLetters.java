package io.github.resiliencestarter.test.assertion;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.util.List;

/**
 * The dead letters of one topic or queue, as they were when they were read.
 *
 * @param source the topic or queue in which the messages failed
 * @param all in the order in which they came
 */
public record DeadLetters(String source, List<ParkedLetter> all) {

    private static final int MOST = 10_000;

    public DeadLetters {
        all = List.copyOf(all);
    }

    /** Reads the letters of a source, 10,000 at most. */
    public static DeadLetters of(DeadLetterStore store, String source) {
        return new DeadLetters(source, store.find(LetterFilter.ofSource(source), null, MOST));
    }
}
