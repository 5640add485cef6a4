package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.MessageAckListener;

/**
 * A channel on which what the listener sends, and the acknowledgement of its message, are one transaction. A failed attempt is
 * rolled back. The container commits when our listener has returned; until then the consumer's thread waits for whoever takes the
 * dead letter, because no other may use a channel with a transaction.
 */
final class TransactedChannel extends ConsumerChannel {

    private static final Logger log = LoggerFactory.getLogger(TransactedChannel.class);

    /** How late a container that is stopped is noticed. */
    private static final long SLICE_MILLIS = 20;

    /** Of the consumer's thread alone. */
    private final Set<Long> unsettled = new HashSet<>();

    private final BlockingQueue<Long> taken = new LinkedBlockingQueue<>();

    TransactedChannel(Channel raw, MessageAckListener ackListener, AsideParts parts) {
        super(raw, ackListener, parts);
    }

    @Override
    void delivered(Message message) {
        unsettled.add(message.getMessageProperties().getDeliveryTag());
    }

    @Override
    void processed(long tag) {
        if (unsettled.remove(tag)) {
            super.ack(tag);
        }
    }

    @Override
    boolean failed(long tag) {
        inTransaction(raw::txRollback);
        return true;
    }

    @Override
    boolean commit() {
        return inTransaction(raw::txCommit);
    }

    /** On any thread: somebody has the letter. */
    @Override
    void ack(long tag) {
        taken.add(tag);
    }

    @Override
    void requeue(long tag) {
        if (unsettled.remove(tag)) {
            super.requeue(tag);
        }
    }

    @Override
    void end(BooleanSupplier running) {
        while (!unsettled.isEmpty() && !isClosed()) {
            Long tag = next();
            if (tag != null) {
                processed(tag);
            } else if (!running.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                Set.copyOf(unsettled).forEach(this::requeue);
            }
        }
        unsettled.clear();
    }

    private @Nullable Long next() {
        try {
            return taken.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private interface Ending {
        void end() throws IOException;
    }

    private static boolean inTransaction(Ending ending) {
        try {
            ending.end();
            return true;
        } catch (IOException | AlreadyClosedException gone) {
            log.debug("The channel is gone, and with it what was sent on it", gone);
            return false;
        }
    }
}
