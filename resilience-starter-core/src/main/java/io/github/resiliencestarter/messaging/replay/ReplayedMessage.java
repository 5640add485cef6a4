package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a message that was sent back tell of its letter. Immutable.
 *
 * @param letterId null if it was sent by somebody who does not know it
 * @param group for whom it is; null for everybody
 */
public record ReplayedMessage(
        @Nullable String letterId,
        @Nullable String group,
        int replayCount,
        @Nullable String replayId) {

    /** @param headers the text of the header of this name; null if there is none */
    public static ReplayedMessage of(Function<String, @Nullable String> headers) {
        return new ReplayedMessage(
                headers.apply(DeadLetterHeaders.ID),
                headers.apply(DeadLetterHeaders.GROUP),
                number(headers.apply(DeadLetterHeaders.REPLAY_COUNT)),
                headers.apply(DeadLetterHeaders.REPLAY_ID));
    }

    private static int number(@Nullable String count) {
        try {
            return count == null ? 0 : Integer.parseInt(count);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }
}
