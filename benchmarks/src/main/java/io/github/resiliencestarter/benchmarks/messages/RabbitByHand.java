package io.github.resiliencestarter.benchmarks.messages;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;

/**
 * The least that somebody pays who never loses a message: the listener tries in a loop, copies of what has failed are gathered for
 * 20 ms and published with confirms by another thread, and each source message is acknowledged when its copy is confirmed. There are
 * no headers, no classes of exceptions, no limit, no returned messages, no second way if the broker does not confirm, no drain.
 */
final class RabbitByHand implements DisposableBean {

    private static final long GATHER_MILLIS = 20;

    private record Failed(byte[] body, Channel source, long tag) {

        void acknowledge() {
            try {
                source.basicAck(tag, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final CurrentConsumption consumption;
    private final String deadLetterQueue;
    private final Channel letters;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final NavigableMap<Long, Failed> unconfirmed = new ConcurrentSkipListMap<>();
    private List<Failed> gathered = new ArrayList<>();

    RabbitByHand(CurrentConsumption consumption, ConnectionFactory factory, @Value("${run.queue}") String queue)
            throws IOException {
        this.consumption = consumption;
        this.deadLetterQueue = Queues.deadLetterQueue(queue);
        Connection connection = factory.createConnection().getDelegate();
        letters = connection.createChannel();
        letters.confirmSelect();
        letters.addConfirmListener(this::confirmed, (number, multiple) -> {
            throw new IOException("not confirmed: " + number);
        });
    }

    @RabbitListener(queues = "${run.queue}", ackMode = "MANUAL")
    void on(Message message, Channel channel) throws IOException {
        Numbered numbered = Numbered.of(message);
        long tag = message.getMessageProperties().getDeliveryTag();
        for (int attempt = 1; attempt <= RabbitPeer.MAX_ATTEMPTS; attempt++) {
            try {
                consumption.process(numbered.number(), numbered.poison());
                channel.basicAck(tag, false);
                return;
            } catch (Consumption.PoisonException e) {
                // tried again
            }
        }
        // not by the proxy, whose lock is held while a consumer is cancelled: the confirms would wait for it, and the
        // cancellation for them
        gather(new Failed(message.getBody(), ((ChannelProxy) channel).getTargetChannel(), tag));
    }

    private synchronized void gather(Failed failed) {
        if (gathered.isEmpty()) {
            sender.schedule(this::send, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
        gathered.add(failed);
    }

    private synchronized List<Failed> take() {
        List<Failed> taken = gathered;
        gathered = new ArrayList<>();
        return taken;
    }

    private void send() {
        BasicProperties properties = MessageProperties.PERSISTENT_BASIC;
        for (Failed failed : take()) {
            unconfirmed.put(letters.getNextPublishSeqNo(), failed);
            try {
                letters.basicPublish("", deadLetterQueue, true, properties, failed.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void confirmed(long number, boolean multiple) {
        NavigableMap<Long, Failed> confirmed =
                multiple ? unconfirmed.headMap(number, true) : unconfirmed.subMap(number, true, number, true);
        confirmed.values().forEach(Failed::acknowledge);
        confirmed.clear();
    }

    @Override
    public void destroy() {
        sender.shutdownNow();
    }
}
