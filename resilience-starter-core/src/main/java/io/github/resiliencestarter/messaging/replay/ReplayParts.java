package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What running replays takes.
 *
 * @param transports is asked for each replay, for a broker's beans may be made later
 * @param owner the name of this instance
 */
public record ReplayParts(
        DeadLetterStore letters,
        ReplayStore replays,
        Supplier<List<DeadLetterTransport>> transports,
        MessageObserver observer,
        LetterTraces traces,
        CallClock clock,
        ReplayProperties properties,
        String owner) {

    Optional<DeadLetterTransport> transportOf(Source source) {
        return transports.get().stream()
                .filter(transport -> transport.serves(source))
                .findFirst();
    }
}
