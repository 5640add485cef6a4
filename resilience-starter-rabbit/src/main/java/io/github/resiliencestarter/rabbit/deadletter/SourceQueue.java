package io.github.resiliencestarter.rabbit.deadletter;

import java.time.Duration;
import java.util.List;

/**
 * A queue that needs others beside it, because a listener of ours consumes it. Immutable.
 *
 * @param delays the waits that have a queue each; empty for none
 */
public record SourceQueue(String name, List<Duration> delays) {

    public SourceQueue {
        delays = List.copyOf(delays);
    }
}
