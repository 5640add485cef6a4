package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Where letters go that no store takes: to a queue beside that of their source, as they are. It is rare, so each has a channel of
 * its own, on the connection of publishers.
 *
 * @param type of the queue, where it has to be declared
 * @param timeout how long the broker may take to confirm it
 */
record ParkingQueues(ConnectionFactory connections, DeadLetterNames names, String type, Duration timeout) {

    private static final Logger log = LoggerFactory.getLogger(ParkingQueues.class);

    /** The parking queue for letters of this dead letter queue. */
    String name(String deadLetterQueue) {
        return names.parking(names.sourceOf(deadLetterQueue));
    }

    /** @return whether the broker has confirmed it; otherwise it has to stay where it is */
    boolean take(UnparkedLetter letter) {
        String queue = name(letter.queue());
        ConnectionFactory publishers = connections.getPublisherConnectionFactory();
        try (Connection connection = (publishers == null ? connections : publishers).createConnection()) {
            com.rabbitmq.client.Connection broker = Objects.requireNonNull(connection.getDelegate());
            new QueueInspection(broker)
                    .ask(channel -> channel.queueDeclare(queue, true, false, false, Map.of(KnownQueue.TYPE, type)));
            return sent(broker, queue, letter);
        } catch (AmqpException | IOException | TimeoutException | ShutdownSignalException failed) {
            log.warn("{} can't be put into {}", letter, queue, failed);
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean sent(com.rabbitmq.client.Connection broker, String queue, UnparkedLetter letter)
            throws IOException, TimeoutException, InterruptedException {
        BasicProperties properties =
                LetterHeaders.toRabbit(LetterHeaders.of(letter.properties()).all());
        AtomicBoolean returned = new AtomicBoolean();
        try (Channel channel = Objects.requireNonNull(broker.createChannel())) {
            channel.confirmSelect();
            channel.addReturnListener(each -> returned.set(true));
            channel.basicPublish("", queue, true, properties, letter.body());
            return channel.waitForConfirms(timeout.toMillis()) && !returned.get();
        }
    }
}
