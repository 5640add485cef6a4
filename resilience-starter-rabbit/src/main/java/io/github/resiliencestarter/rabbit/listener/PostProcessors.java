package io.github.resiliencestarter.rabbit.listener;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.ImmediateAcknowledgeAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessagePostProcessor;
import org.springframework.amqp.core.MessagePropertiesBuilder;

/**
 * What the host does with each message before its listener sees it, such as decompressing it. It is a part of each attempt, on a copy:
 * a message that cannot be decompressed is a failure like any other, and its dead letter is what was sent. Thread-safe if they are.
 */
record PostProcessors(List<MessagePostProcessor> all) {

    static PostProcessors of(@Nullable Collection<?> processors) {
        return new PostProcessors(
                processors == null
                        ? List.of()
                        : processors.stream()
                                .map(MessagePostProcessor.class::cast)
                                .toList());
    }

    HostListener before(HostListener listener) {
        return all.isEmpty() ? listener : (message, channel) -> listener.onMessage(process(message), channel);
    }

    Message process(Message received) {
        if (all.isEmpty()) {
            return received;
        }
        Message message = new Message(
                received.getBody(),
                MessagePropertiesBuilder.fromClonedProperties(received.getMessageProperties())
                        .build());
        for (MessagePostProcessor processor : all) {
            message = processor.postProcessMessage(message);
            if (message == null) {
                throw new ImmediateAcknowledgeAmqpException(
                        "Message Post Processor returned 'null', discarding message");
            }
        }
        return message;
    }
}
