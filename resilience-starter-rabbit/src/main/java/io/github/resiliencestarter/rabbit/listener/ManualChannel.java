package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/**
 * A channel on which the listener itself settles its messages. What it says goes through here, so that no message is settled twice:
 * that would close the channel. A message for which it has failed is ours, until it is tried again. Thread-safe.
 */
class ManualChannel extends ConsumerChannel implements ListenerChannel.Settling {

    private final Consumer<Message> processed;

    /** What nobody has settled, by its tag. Guarded by this. */
    private final Map<Long, Unsettled> unsettled = new HashMap<>();

    /** As the listener sees the channel that the container gives. */
    private volatile @Nullable Channel given;

    private volatile @Nullable Channel shown;

    /** One delivery tag. Guarded by the channel. */
    static final class Unsettled {
        /** Several if they were published as one. */
        final List<Message> messages = new ArrayList<>(1);

        boolean ours;
        /** How often the listener was called before; null if it was not. */
        @Nullable
        Tried tried;
        /** Why it has failed, where somebody has said it. */
        @Nullable
        Throwable reason;
    }

    /** @param processed is told of each message before it is acknowledged, when its listener has said so */
    ManualChannel(Channel raw, MessageAckListener ackListener, AsideParts parts, Consumer<Message> processed) {
        super(raw, ackListener, parts);
        this.processed = processed;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy that is asked whether it equals another would be invoked
    Channel forListener(Channel byContainer) {
        if (given != byContainer) {
            shown = ListenerChannel.around(byContainer, this);
            given = byContainer;
        }
        return Objects.requireNonNull(shown);
    }

    /** Null before the first message. */
    @Nullable
    Channel shown() {
        return shown;
    }

    @Override
    synchronized void delivered(Message message) {
        unsettled
                .computeIfAbsent(message.getMessageProperties().getDeliveryTag(), any -> new Unsettled())
                .messages
                .add(message);
    }

    /** It says so itself, now or later. */
    @Override
    void processed(long tag) {}

    @Override
    synchronized boolean failed(long tag) {
        Unsettled message = unsettled.get(tag);
        if (message == null) {
            return false;
        }
        message.ours = true;
        return true;
    }

    @Override
    synchronized void again(long tag, Tried before) {
        Unsettled message = unsettled.get(tag);
        if (message != null) {
            message.ours = false;
            message.tried = before;
        }
    }

    @Override
    synchronized void ack(long tag) {
        if (unsettled.remove(tag) != null) {
            super.ack(tag);
        }
    }

    @Override
    synchronized void requeue(long tag) {
        if (unsettled.remove(tag) != null) {
            super.requeue(tag);
        }
    }

    /** One by one: among those before it there may be some that wait for their next attempt. */
    @Override
    public void ack(long tag, boolean multiple) throws IOException {
        List<Long> tags = settledBy(tag, multiple);
        messages(tags).forEach(this::processed);
        acknowledge(tags);
    }

    private synchronized List<Message> messages(List<Long> tags) {
        List<Message> messages = new ArrayList<>(tags.size());
        for (long each : tags) {
            Unsettled found = unsettled.get(each);
            if (found != null) {
                messages.addAll(found.messages);
            }
        }
        return messages;
    }

    private synchronized void acknowledge(List<Long> tags) throws IOException {
        for (long each : tags) {
            if (unsettled.remove(each) != null) {
                raw.basicAck(each, false);
            }
        }
    }

    /** By its listener, on whatever thread that acknowledges. */
    void processed(Message message) {
        processed.accept(message);
    }

    @Override
    public synchronized void reject(long tag, boolean multiple, boolean requeue) throws IOException {
        for (long each : settledBy(tag, multiple)) {
            unsettled.remove(each);
            raw.basicNack(each, false, requeue);
        }
    }

    @Override
    public synchronized void recovered() {
        unsettled.clear();
    }

    /** What the listener may settle by this. Tag 0 is all that it has. */
    final synchronized List<Long> settledBy(long tag, boolean multiple) {
        return unsettled.entrySet().stream()
                .filter(entry -> !entry.getValue().ours)
                .map(Map.Entry::getKey)
                .filter(each -> each == tag || multiple && (tag == 0 || each < tag))
                .sorted()
                .toList();
    }

    final synchronized @Nullable Unsettled find(long tag) {
        return unsettled.get(tag);
    }
}
