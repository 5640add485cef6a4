package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Consumers of dead letter queues, each on a channel of its own: the broker closes the channel of whoever wants a queue that is not
 * there. Queues that come later are found. On one thread.
 */
final class LetterQueues implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LetterQueues.class);
    private static final int PREFETCH = 100;
    /** Each question for a queue that is not there is an error in the log of the broker. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** A queue that is not there is looked for again after a pause, which is longer each time. */
    private record Absence(Duration pause, long until) {

        static Absence after(@Nullable Absence last, Duration first) {
            Duration pause = last == null ? first : last.pause.multipliedBy(2);
            Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            return new Absence(bounded, System.nanoTime() + bounded.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - until >= 0;
        }
    }

    private final Connection connection;
    private final Supplier<? extends Collection<String>> names;
    private final Clock clock;
    private final Duration pause;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, Absence> absences = new HashMap<>();
    /** Those that the broker does not give us any more, because they were deleted. */
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    private long nextLook = System.nanoTime();

    /**
     * @param names asked for anew with each look
     * @param pause between two looks; for a queue that is not there twice as long each time, and 5 minutes at most
     */
    LetterQueues(
            ConnectionFactory connections, Supplier<? extends Collection<String>> names, Clock clock, Duration pause) {
        this.connection = connections.createConnection();
        this.names = names;
        this.clock = clock;
        this.pause = pause;
    }

    /** Consumes those that are there and not consumed yet. Does nothing if it was called just now. */
    void consumeMissing(Consumer<UnparkedLetter> letters) throws IOException {
        com.rabbitmq.client.Connection broker = Objects.requireNonNull(connection.getDelegate());
        if (!broker.isOpen()) {
            throw new IOException("The connection is closed");
        }
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        nextLook = System.nanoTime() + pause.toNanos();
        for (String queue : names.get()) {
            Channel known = channels.get(queue);
            Absence absence = absences.get(queue);
            if (absence != null && !absence.isOver()) {
                continue;
            }
            if (known == null || !known.isOpen() || cancelled.remove(queue)) {
                close(known);
                consume(broker, queue, letters);
            }
        }
    }

    private void consume(com.rabbitmq.client.Connection broker, String queue, Consumer<UnparkedLetter> letters)
            throws IOException {
        Channel channel = broker.createChannel();
        if (channel == null) {
            throw new IOException("The connection has no channel left: raise channel_max of the broker");
        }
        try {
            channel.queueDeclarePassive(queue);
            channel.basicQos(PREFETCH);
            channel.basicConsume(queue, false, consumer(queue, channel, letters));
            channels.put(queue, channel);
            absences.remove(queue);
        } catch (IOException refused) {
            Refusal refusal = Refusal.of(refused);
            channels.remove(queue);
            absences.put(queue, Absence.after(absences.get(queue), pause));
            if (refusal.isMissing()) {
                log.debug("There are no dead letters to park in {} yet: {}", queue, refusal.text());
            } else {
                log.warn("Dead letters of {} are not parked: {}. It is tried again later", queue, refusal.text());
            }
        }
    }

    private DefaultConsumer consumer(String queue, Channel channel, Consumer<UnparkedLetter> letters) {
        return new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                letters.accept(new UnparkedLetter(queue, channel, envelope, properties, body, clock.instant()));
            }

            @Override
            public void handleCancel(String consumerTag) {
                cancelled.add(queue);
            }
        };
    }

    private static void close(@Nullable Channel channel) {
        try {
            if (channel != null) {
                channel.abort();
            }
        } catch (IOException | RuntimeException closed) {
            log.debug("The channel was closed already", closed);
        }
    }

    /** What is not acknowledged goes back to its queue. */
    @Override
    public void close() {
        channels.values().forEach(LetterQueues::close);
        connection.close();
    }
}
