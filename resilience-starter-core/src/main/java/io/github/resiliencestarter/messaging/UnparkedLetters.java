package io.github.resiliencestarter.messaging;

import java.time.Instant;
import java.util.Optional;

/**
 * Dead letters that are still in their queue at the broker: nobody has parked them. A bean of each broker module that parks
 * letters. Thread-safe.
 */
public interface UnparkedLetters {

    /**
     * When the oldest of them was sent; empty if there is none. May ask the broker, and throws whatever that throws: it is called
     * on a thread of its own, and at most every 30 s.
     */
    Optional<Instant> oldest();
}
