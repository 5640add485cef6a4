package io.github.resiliencestarter.benchmarks.messages;

import java.nio.ByteBuffer;
import org.springframework.amqp.core.Message;

/** What is in the body of a message at RabbitMQ. */
record Numbered(int number, boolean poison) {

    static Numbered of(Message message) {
        ByteBuffer body = ByteBuffer.wrap(message.getBody());
        return new Numbered(body.getInt(), body.get() != 0);
    }
}
