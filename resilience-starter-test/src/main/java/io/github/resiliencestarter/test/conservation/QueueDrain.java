package io.github.resiliencestarter.test.conservation;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Takes messages out of a queue and notes their numbers. */
final class QueueDrain {

    /** What a consumer had not acknowledged comes back to the queue a little after the consumer has gone. */
    private static final long QUIET_MILLISECONDS = 1_000;

    private static final long LOOK_EVERY_MILLISECONDS = 50;

    private QueueDrain() {}

    /** What is there now. */
    static void drain(ConnectionFactory factory, String queue, Numbers numbers) {
        drain(factory, queue, numbers, 0);
    }

    /** What is there, and what comes back to the queue because its consumer has gone. */
    static void drainUntilQuiet(ConnectionFactory factory, String queue, Numbers numbers) {
        drain(factory, queue, numbers, QUIET_MILLISECONDS);
    }

    private static void drain(ConnectionFactory factory, String queue, Numbers numbers, long quietMilliseconds) {
        try (Connection connection = factory.newConnection("conservation-drain")) {
            Channel channel = connection.createChannel();
            long quiet = 0;
            while (true) {
                GetResponse message = channel.basicGet(queue, false);
                if (message != null) {
                    numbers.add(RabbitTransport.number(message.getProps()));
                    channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                    quiet = 0;
                } else if (quiet < quietMilliseconds) {
                    Thread.sleep(LOOK_EVERY_MILLISECONDS);
                    quiet += LOOK_EVERY_MILLISECONDS;
                } else {
                    return;
                }
            }
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException("The queue " + queue + " could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading the queue " + queue, e);
        }
    }
}
