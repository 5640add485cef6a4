package io.github.resiliencestarter.test.conservation;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A consumer as it should be: it acknowledges what it has processed, rejects what fails, and connects anew when it has to. */
final class PlainRabbitConsumer {

    private static final int PREFETCH = 100;

    private final ConnectionFactory factory;
    private final String queue;
    private final LongPredicate business;
    private @Nullable Thread thread;
    private volatile CountDownLatch gone = new CountDownLatch(0);
    private volatile boolean crashed;

    /** The business tells whether it has processed the number. */
    PlainRabbitConsumer(ConnectionFactory factory, String queue, LongPredicate business) {
        this.factory = factory;
        this.queue = queue;
        this.business = business;
    }

    void start() {
        crashed = false;
        thread = new Thread(this::run, "plain-consumer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends without acknowledging what it is just processing: that will come again. */
    void crash() {
        crashed = true;
        gone.countDown();
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!crashed) {
                consume();
                new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void consume() throws InterruptedException {
        try {
            Connection connection = factory.newConnection("plain-consumer");
            try {
                Channel channel = connection.createChannel();
                CountDownLatch ended = new CountDownLatch(1);
                gone = ended;
                channel.addShutdownListener(cause -> ended.countDown());
                channel.basicQos(PREFETCH);
                channel.basicConsume(queue, false, (tag, message) -> onMessage(channel, message), tag -> {});
                if (!crashed) {
                    ended.await();
                }
            } finally {
                connection.abort();
            }
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            // there will be another connection
        }
    }

    private void onMessage(Channel channel, Delivery message) {
        boolean processed = business.test(RabbitTransport.number(message.getProperties()));
        if (crashed) {
            return;
        }
        long tag = message.getEnvelope().getDeliveryTag();
        try {
            if (processed) {
                channel.basicAck(tag, false);
            } else {
                channel.basicReject(tag, false);
            }
        } catch (IOException | AlreadyClosedException e) {
            // it will be delivered again
        }
    }
}
