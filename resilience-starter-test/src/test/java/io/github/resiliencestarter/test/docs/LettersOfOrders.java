package io.github.resiliencestarter.test.docs;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

// tag::store[]
class LettersOfOrders {

    private final DeadLetterStore letters;

    LettersOfOrders(DeadLetterStore letters) {
        this.letters = letters;
    }

    /** How long the oldest order has been waiting for somebody to look at it. */
    Optional<Duration> oldest(Instant now) {
        return letters.oldestOpen(LetterFilter.ofSource("orders")).map(parked -> Duration.between(parked, now));
    }

    /** A test order that reached production is no loss. */
    boolean drop(String letterId, String operator) {
        return letters.discard(letterId, operator, "a test order");
    }
}
// end::store[]
