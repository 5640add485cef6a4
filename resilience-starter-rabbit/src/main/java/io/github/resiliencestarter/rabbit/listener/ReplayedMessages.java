package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.replay.ReplayLoop;
import io.github.resiliencestarter.messaging.replay.ReplayedMessage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/** Messages that were sent back: the {@linkplain ReplayLoop loop of a replay}, by the headers of AMQP. Thread-safe. */
final class ReplayedMessages {

    private final ReplayLoop loop;

    ReplayedMessages(Supplier<@Nullable DeadLetterStore> stores, MessageObserver observer) {
        this.loop = new ReplayLoop(stores, observer);
    }

    /** Looks for one header. */
    boolean isReplay(Message message) {
        return message.getMessageProperties().getHeaders().containsKey(DeadLetterHeaders.REPLAY_ID);
    }

    /** It is for another queue, or was processed already because it was sent twice. Tells the observers. */
    boolean isNotForUs(Message message) {
        return isReplay(message) && loop.isNotFor(Listening.source(message), told(message), () -> "unknown");
    }

    /** The listener has processed it. */
    void processed(Message message) {
        if (isReplay(message)) {
            loop.processed(Listening.source(message), told(message));
        }
    }

    private static ReplayedMessage told(Message message) {
        return ReplayedMessage.of(name -> OwnHeaders.text(message, name));
    }
}
