package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/**
 * A channel whose listener answers with futures. Its adapter acknowledges a message when the future is complete; when that has
 * failed it rejects the message, and the broker would send it again at once, and again. Here that is a failed attempt.
 */
final class AsyncChannel extends ManualChannel {

    private final AsyncFailures failures;
    private final Executor threads;

    AsyncChannel(
            Channel raw,
            MessageAckListener ackListener,
            AsideParts parts,
            Consumer<Message> processed,
            AsyncFailures failures) {
        super(raw, ackListener, parts, processed);
        this.failures = failures;
        this.threads = parts.threads();
    }

    /** Said just before the rejection. */
    synchronized void failedBecause(Message message, Throwable why) {
        Unsettled found = find(message.getMessageProperties().getDeliveryTag());
        if (found != null) {
            found.reason = why;
        }
    }

    /** Who completes the future has no time for it. */
    @Override
    void processed(Message message) {
        threads.execute(() -> super.processed(message));
    }

    @Override
    public synchronized void reject(long tag, boolean multiple, boolean requeue) {
        for (long each : settledBy(tag, multiple)) {
            Unsettled message = find(each);
            if (message != null) {
                message.ours = true;
                Tried before = message.tried == null ? Tried.notYet() : message.tried;
                Throwable reason = message.reason == null ? new FailedFuture() : message.reason;
                List<Message> messages = List.copyOf(message.messages);
                // By who completes the future, who has no time for it.
                aside().soon(() -> failures.failed(this, messages, before, reason));
            }
        }
    }

    /** Where it is not known why. */
    @SuppressWarnings("serial")
    static final class FailedFuture extends RuntimeException {

        FailedFuture() {
            super(
                    "The future that the listener has answered with has failed; the log of its adapter says why",
                    null,
                    false,
                    false);
        }
    }
}
