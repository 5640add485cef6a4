package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.AmqpIllegalStateException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The host's connection for publishers, so that a broker that blocks those does not block consumers, and channels of our own on it:
 * the host's cached ones reopen silently, and then nobody knows what was confirmed.
 */
final class LetterConnection implements BlockedListener {

    /** How long the broker may take to answer: it hardly will. */
    private static final int ABORT_MILLIS = 100;

    private final Connection connection;
    /** The one behind it now: the host's may have another one behind it later. */
    private final com.rabbitmq.client.Connection delegate;

    private volatile @Nullable String blocked;

    LetterConnection(ConnectionFactory factory) {
        ConnectionFactory publishers = factory.getPublisherConnectionFactory();
        connection = (publishers == null ? factory : publishers).createConnection();
        com.rabbitmq.client.Connection behind = connection.getDelegate();
        if (behind == null) {
            throw new AmqpIllegalStateException("No connection of the RabbitMQ client is behind " + connection);
        }
        delegate = behind;
        delegate.addBlockedListener(this);
    }

    boolean isOpen() {
        return delegate.isOpen();
    }

    LetterChannel open() throws IOException {
        Channel channel = delegate.createChannel();
        if (channel == null) {
            throw new AmqpException("The connection has no channel left. Raise channel_max of the broker");
        }
        return new LetterChannel(channel);
    }

    /** @throws AmqpException if whatever is sent now would wait until the broker has memory, or disk, again */
    void checkNotBlocked() {
        String reason = blocked;
        if (reason != null) {
            throw new AmqpException("The broker takes nothing from publishers at the moment: " + reason);
        }
    }

    /** Ends it for everybody, so that the next to ask the host's factory gets another one. */
    void abort() {
        delegate.abort(ABORT_MILLIS);
    }

    /** Gives it back: it is the host's, and stays open. */
    void release() {
        delegate.removeBlockedListener(this);
        connection.close();
    }

    @Override
    public void handleBlocked(String reason) {
        blocked = reason;
    }

    @Override
    public void handleUnblocked() {
        blocked = null;
    }
}
