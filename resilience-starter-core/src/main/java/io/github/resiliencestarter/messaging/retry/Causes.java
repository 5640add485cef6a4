package io.github.resiliencestarter.messaging.retry;

import java.util.stream.Stream;

/** What a failure comes from. */
public final class Causes {

    /** Causes may be a circle. */
    private static final int MOST = 50;

    private Causes() {}

    /** The failure itself, its cause, the cause of that, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST);
    }
}
