package io.github.resiliencestarter.test.conservation;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.ConnectionFactory;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Numbered messages in a queue of RabbitMQ: persistent, confirmed, and sent to the default exchange. A message has its number as
 * text in its body, and as a long in the header {@value #NUMBER}, which dead letters keep.
 *
 * <p>Whoever consumes the queue calls {@code transport.processed().add(RabbitTransport.number(properties))} when a message is
 * processed. Messages are counted by taking them out of their queue for good: the dead letters all the time, and those that are
 * still in the queue at the end.
 */
public final class RabbitTransport implements Transport, AutoCloseable {

    /** The header with the number. */
    public static final String NUMBER = "conservation-number";

    private final ConnectionFactory factory;
    private final String queue;
    private final ConfirmedPublisher publisher;
    private final Numbers processed = new Numbers();
    private final Numbers deadLettered = new Numbers();
    private final Numbers remaining = new Numbers();
    private Supplier<Numbers> parked = Numbers::new;
    private @Nullable String deadLetters;

    /** The queue has to be there. */
    public RabbitTransport(ConnectionFactory factory, String queue) {
        this.factory = factory.clone();
        this.factory.setAutomaticRecoveryEnabled(false); // what was lost with a connection is told to the sender
        this.queue = queue;
        this.publisher = new ConfirmedPublisher(this.factory, queue);
    }

    /** The queue where the consumers' dead letters go, which nobody else consumes. */
    public RabbitTransport deadLetters(String queue) {
        deadLetters = queue;
        return this;
    }

    /** Tells which numbers wait for a person, in a table for example. */
    public RabbitTransport parked(Supplier<Numbers> parked) {
        this.parked = parked;
        return this;
    }

    /** The number of a message that has come from here, be it directly or by a dead-letter queue. */
    public static long number(BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        if (headers == null || !(headers.get(NUMBER) instanceof Number number)) {
            throw new IllegalArgumentException("The message has no header " + NUMBER
                    + ": send it through a RabbitTransport, and copy the headers when it is sent on");
        }
        return number.longValue();
    }

    @Override
    public CompletionStage<?> send(long number) {
        return publisher.send(number);
    }

    @Override
    public Numbers processed() {
        return processed;
    }

    @Override
    public Numbers deadLettered() {
        if (deadLetters != null) {
            QueueDrain.drain(factory, deadLetters, deadLettered);
        }
        return deadLettered;
    }

    @Override
    public Numbers parked() {
        return parked.get();
    }

    @Override
    public Numbers remaining() {
        QueueDrain.drainUntilQuiet(factory, queue, remaining);
        return remaining;
    }

    @Override
    public void close() {
        publisher.close();
    }
}
