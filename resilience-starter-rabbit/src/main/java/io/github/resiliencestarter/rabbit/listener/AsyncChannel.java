package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/**
 * A channel whose listener answers with futures. Its adapter acknowledges a message when the future has completed; when that has
 * failed it rejects the message, and the broker would send it again at once, and again. Here that is a failed attempt.
 */
final class AsyncChannel extends ManualChannel {

    private final AsyncFailures failures;
    /** Why, by tag, where the adapter has said it. */
    private final Map<Long, Throwable> reasons = new ConcurrentHashMap<>();

    AsyncChannel(Channel raw, MessageAckListener ackListener, AsideParts parts, AsyncFailures failures) {
        super(raw, ackListener, parts);
        this.failures = failures;
    }

    /** Said just before the rejection. */
    void failedBecause(Message message, Throwable why) {
        reasons.put(message.getMessageProperties().getDeliveryTag(), why);
    }

    @Override
    public synchronized void reject(long tag, boolean multiple, boolean requeue) {
        for (long each : settledBy(tag, multiple)) {
            Unsettled message = find(each);
            if (message == null) {
                continue;
            }
            Tried before = message.tried == null ? Tried.notYet() : message.tried;
            List<Message> messages = List.copyOf(message.messages);
            Throwable reason = reasons.remove(each);
            message.ours = true;
            aside().soon(() -> failures.failed(this, messages, before, reason));
        }
    }
}
