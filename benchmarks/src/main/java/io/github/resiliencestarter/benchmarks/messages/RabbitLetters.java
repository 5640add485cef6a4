package io.github.resiliencestarter.benchmarks.messages;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What was in a dead letter queue.
 *
 * @param numbers which messages they were
 * @param count how many there were
 */
record RabbitLetters(BitSet numbers, int count) {

    private static final long PATIENCE_SECONDS = 10;

    /** Takes them out of the queue. */
    static RabbitLetters read(Connection connection, String queue, long count)
            throws IOException, InterruptedException {
        BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        Channel channel = connection.createChannel();
        channel.basicConsume(queue, true, (tag, letter) -> bodies.add(letter.getBody()), tag -> {});
        BitSet numbers = new BitSet();
        int read = 0;
        while (read < count) {
            byte[] body = bodies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (body == null) {
                break;
            }
            numbers.set(ByteBuffer.wrap(body).getInt());
            read++;
        }
        channel.abort();
        return new RabbitLetters(numbers, read);
    }

    /** Poison messages without a letter. */
    int missing(Load load) {
        BitSet missing = load.poisonNumbers();
        missing.andNot(numbers);
        return missing.cardinality();
    }

    /** Letters that there should not be: of messages that have one already, or that could be processed. */
    int tooMany(Load load) {
        BitSet rightly = load.poisonNumbers();
        rightly.and(numbers);
        return count - rightly.cardinality();
    }
}
