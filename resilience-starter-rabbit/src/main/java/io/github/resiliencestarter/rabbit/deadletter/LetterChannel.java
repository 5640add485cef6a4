package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.call.DaemonThreads;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;

/**
 * A channel with publisher confirms, for one exchange: the broker closes the channel of whoever publishes to an exchange that is not
 * there, or that it may not publish to, and nobody else's letters should be on it then. One thread publishes, any may answer.
 */
final class LetterChannel implements ConfirmListener {

    private final Channel channel;
    private final int frameMax;
    /** By their numbers, in the order in which they were sent. */
    private final Map<Long, LetterTask> open = new LinkedHashMap<>();

    private volatile boolean usable = true;

    LetterChannel(Channel channel) throws IOException {
        this.channel = channel;
        this.frameMax = channel.getConnection().getFrameMax();
        channel.confirmSelect();
        channel.addConfirmListener(this);
        channel.addReturnListener(this::handleReturn);
        channel.addShutdownListener(this::handleShutdown);
    }

    boolean isUsable() {
        return usable && channel.isOpen();
    }

    void publish(LetterTask task) throws IOException {
        OutgoingLetter letter = task.letter();
        long number = -1;
        try {
            AMQP.BasicProperties properties = letter.properties(frameMax);
            number = channel.getNextPublishSeqNo();
            task.sentOn(this);
            add(number, task);
            channel.basicPublish(letter.exchange(), letter.routingKey(), true, properties, letter.body());
        } catch (IOException | RuntimeException failure) {
            if (number >= 0) {
                // Whether the broker counts it nobody knows, so the numbers of those behind it would not be known
                // either.
                usable = false;
                remove(number);
                closeIfDone();
            }
            throw failure;
        }
    }

    private synchronized void add(long number, LetterTask task) {
        open.put(number, task);
    }

    private synchronized @Nullable LetterTask remove(long number) {
        return open.remove(number);
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        settle(number, multiple, LetterTask::confirmed);
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        settle(
                number,
                multiple,
                task -> task.failed(new AmqpException(
                        "The broker refused the message: a queue of %s could not take it".formatted(target(task)))));
    }

    private void settle(long number, boolean multiple, Consumer<LetterTask> how) {
        if (multiple) {
            upTo(number).forEach(how);
        } else {
            LetterTask task = remove(number);
            if (task != null) {
                how.accept(task);
            }
        }
        closeIfDone();
    }

    private synchronized List<LetterTask> upTo(long number) {
        List<LetterTask> tasks = new ArrayList<>();
        Iterator<Map.Entry<Long, LetterTask>> oldest = open.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Long, LetterTask> next = oldest.next();
            if (next.getKey() > number) {
                break;
            }
            tasks.add(next.getValue());
            oldest.remove();
        }
        return tasks;
    }

    /** The broker acknowledges afterwards what it has returned, perhaps with others; that it is returned it says for each. */
    private void handleReturn(Return returned) {
        Map<String, Object> headers = returned.getProperties().getHeaders();
        Object id = headers == null ? null : headers.get(DeadLetterHeaders.ID);
        LetterTask task = id == null ? null : oldest(id.toString(), returned.getRoutingKey());
        if (task != null) {
            task.failed(new AmqpException("The broker has no queue for %s: %d %s"
                    .formatted(target(task), returned.getReplyCode(), returned.getReplyText())));
        }
    }

    private synchronized @Nullable LetterTask oldest(String id, String routingKey) {
        Iterator<LetterTask> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            LetterTask task = oldest.next();
            if (task.letter().id().equals(id) && task.letter().routingKey().equals(routingKey)) {
                oldest.remove();
                return task;
            }
        }
        return null;
    }

    private static String target(LetterTask task) {
        OutgoingLetter letter = task.letter();
        return letter.exchange().isEmpty()
                ? "queue " + letter.routingKey()
                : "exchange " + letter.exchange() + " with routing key " + letter.routingKey();
    }

    private void handleShutdown(ShutdownSignalException cause) {
        usable = false;
        failAll(new AmqpException("The channel was closed before the broker had confirmed the message", cause));
    }

    private void failAll(Throwable why) {
        upTo(Long.MAX_VALUE).forEach(task -> task.failed(why));
    }

    /**
     * The broker has forgotten this one, as it may while a quorum queue elects a leader. The next are sent on another channel; what
     * is still open on this one may yet be confirmed.
     */
    void expired(LetterTask task) {
        usable = false;
        forget(task);
        closeIfDone();
    }

    private synchronized void forget(LetterTask task) {
        open.values().remove(task);
    }

    private void closeIfDone() {
        if (!usable && channel.isOpen() && isDone()) {
            close();
        }
    }

    /** Whether the broker has answered for all that was sent. */
    synchronized boolean isDone() {
        return open.isEmpty();
    }

    synchronized List<LetterTask> open() {
        return List.copyOf(open.values());
    }

    /** Does not wait: a connection that is dead does not answer. */
    void close() {
        usable = false;
        DaemonThreads.start("resilience-dead-letters-close", this::abort);
    }

    private void abort() {
        try {
            channel.abort();
        } catch (IOException | RuntimeException closed) {
            // It was to be closed.
        }
    }
}
