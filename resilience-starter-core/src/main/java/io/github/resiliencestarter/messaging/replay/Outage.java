package io.github.resiliencestarter.messaging.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long to wait before more is sent to a broker that has not taken the last letters: nothing after the first failures, which may
 * be about one letter, then from one second to thirty. Nothing is dropped. Used by one thread.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final int TOLERATED = 5;
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_TEXT = 300;

    private int failures;
    private int waits;
    private @Nullable Throwable last;

    void failed(Throwable failure) {
        failures++;
        last = failure;
    }

    void over() {
        failures = 0;
        waits = 0;
    }

    Duration waitBeforeNext(String replayId) {
        if (failures < TOLERATED) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(waits, MOST_DOUBLINGS));
        waits++;
        if (waits == 1) {
            LOG.warn(
                    "Replay '{}' could not send its last {} letters, the last one because of {}: they are open, and it"
                            + " tries again and again",
                    replayId,
                    failures,
                    text(last));
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** What a transport says of a failure, which is not about the payload. */
    static String text(@Nullable Throwable failure) {
        String text = String.valueOf(failure);
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "...";
    }
}
