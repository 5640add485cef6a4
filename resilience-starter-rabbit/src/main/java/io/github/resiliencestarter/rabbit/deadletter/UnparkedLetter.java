package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import io.github.resiliencestarter.messaging.DeadLetter;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A letter that the broker has given out, and that is not in the store yet. For one thread, once it is there. */
final class UnparkedLetter {

    /** So often it is tried while the store takes others; after that it is put down to the letter. */
    private static final int MOST_STRIKES = 5;

    private final String queue;
    private final Channel channel;
    private final Envelope envelope;
    private final BasicProperties properties;
    private final byte[] body;
    private final Instant receivedAt;
    private @Nullable DeadLetter letter;
    private int strikes;
    private long storedSoFar = -1;

    UnparkedLetter(
            String queue,
            Channel channel,
            Envelope envelope,
            BasicProperties properties,
            byte[] body,
            Instant receivedAt) {
        this.queue = queue;
        this.channel = channel;
        this.envelope = envelope;
        this.properties = properties;
        this.body = body;
        this.receivedAt = receivedAt;
    }

    String queue() {
        return queue;
    }

    BasicProperties properties() {
        return properties;
    }

    byte[] body() {
        return body;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    /** Read once: a letter that has no id gets one by it, which must not change while it waits. */
    DeadLetter read(ReceivedLetters received) {
        DeadLetter known = letter;
        if (known == null) {
            known = received.of(queue, envelope, properties, body);
            letter = known;
        }
        return known;
    }

    /** Otherwise the broker has it back, and gives it out again. */
    boolean isOurs() {
        return channel.isOpen();
    }

    void acknowledge() throws IOException {
        channel.basicAck(envelope.getDeliveryTag(), false);
    }

    /**
     * Notes that the store has not taken it.
     *
     * @param stored how many letters the store has taken until now
     * @return whether that is the fault of the letter: the store takes others, again and again
     */
    boolean isToBlame(long stored) {
        if (storedSoFar >= 0 && stored > storedSoFar) {
            strikes++;
        }
        storedSoFar = stored;
        return strikes >= MOST_STRIKES;
    }

    @Override
    public String toString() {
        DeadLetter known = letter;
        return known == null ? "A message of " + queue + ", " + body.length + " B" : known.toString();
    }
}
