package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.PublisherCallbackChannel;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/**
 * The channel on which a consumer gets its messages, and on which alone they can be acknowledged. It is the one below Spring's
 * proxy: that reopens a closed channel unasked, and would send the tag of a message that the broker has taken back already. Here a
 * late acknowledgement fails without harm. Thread-safe: confirmations of dead letters come on any thread.
 */
class ConsumerChannel {

    private static final Logger log = LoggerFactory.getLogger(ConsumerChannel.class);

    final Channel raw;
    private final MessageAckListener ackListener;
    private final MessagesAside aside;

    /** Fair, because a consumer that is always busy would never let in a message that comes back. Free where nothing waits. */
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    private volatile boolean closed;

    ConsumerChannel(Channel raw, MessageAckListener ackListener, AsideParts parts) {
        this.raw = raw;
        this.ackListener = ackListener;
        this.aside = new MessagesAside(parts);
    }

    /** The channel that a consumer's messages really come from; null if that is gone. */
    static @Nullable Channel rawOf(Channel given) {
        Channel raw = given instanceof ChannelProxy proxy ? proxy.getTargetChannel() : given;
        return raw instanceof PublisherCallbackChannel callbacks ? callbacks.getDelegate() : raw;
    }

    /** Calls the listener for one message at a time, as its container would, on whatever thread. */
    void enter() {
        oneAtATime.lock();
    }

    void leave() {
        oneAtATime.unlock();
    }

    MessagesAside aside() {
        return aside;
    }

    /** What the host's listener gets as its channel. */
    Channel forListener(Channel given) {
        return given;
    }

    /** The listener is about to be called for it, for the first time. */
    void delivered(Message message) {}

    void processed(long tag) {
        ack(tag);
    }

    /**
     * The listener has failed.
     *
     * @return false if it has settled the message by itself
     */
    boolean failed(long tag) {
        return true;
    }

    /** The listener is about to be called after so many attempts. */
    void again(long tag, Tried before) {}

    /**
     * What was done until now is not undone when something else fails.
     *
     * @return false if it could not be done, because the channel is gone
     */
    boolean commit() {
        return true;
    }

    /** In the consumer's thread, when nothing more is done there for what was delivered. */
    void end(BooleanSupplier running) {}

    /** The broker has taken back what was not acknowledged. */
    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        aside.close();
    }

    void ack(long tag) {
        try {
            raw.basicAck(tag, false);
            ackListener.onComplete(true, tag, null);
        } catch (IOException | AlreadyClosedException gone) {
            log.debug("Message {} could not be acknowledged, and comes again", tag, gone);
            failed(tag, gone);
        } catch (Exception ofListener) {
            log.warn("The listener for acknowledgements has failed", ofListener);
        }
    }

    private void failed(long tag, Exception gone) {
        try {
            ackListener.onComplete(false, tag, gone);
        } catch (Exception ofListener) {
            log.warn("The listener for acknowledgements has failed", ofListener);
        }
    }

    /** This one alone: never those before it. */
    void requeue(long tag) {
        try {
            raw.basicNack(tag, false, true);
        } catch (IOException | AlreadyClosedException gone) {
            log.debug("Message {} was taken back by the broker already", tag, gone);
        }
    }
}
