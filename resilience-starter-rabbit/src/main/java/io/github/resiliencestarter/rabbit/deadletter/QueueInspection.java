package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.rabbit.deadletter.Refusal.Difference;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker about its queues. Each question has a channel of its own, because the broker closes the channel of what it
 * refuses. For one thread.
 */
record QueueInspection(Connection connection) {

    private static final Pattern FIRST_NUMBER = Pattern.compile("^\\d{1,4}");

    /** No argument that is asked for can have it, so nothing comes into being by the question. */
    private static final Object IMPOSSIBLE = true;

    /** More than there are arguments; whoever answers otherwise than RabbitMQ must not be asked for ever. */
    private static final int MOST_QUESTIONS = 40;

    /** The first number of the broker's version; 0 if it does not tell it. */
    int version() {
        Matcher number = FIRST_NUMBER.matcher(
                String.valueOf(connection.getServerProperties().get("version")));
        return number.find() ? Integer.parseInt(number.group()) : 0;
    }

    /** What is done with a channel. */
    interface Question {
        void ask(Channel channel) throws IOException;
    }

    /**
     * @return null if the broker has done it
     * @throws IOException if the connection is lost; so does {@link ShutdownSignalException}
     */
    @Nullable
    Refusal ask(Question question) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("The connection has no channel left");
        }
        try {
            question.ask(channel);
        } catch (IOException refused) {
            return Refusal.of(refused);
        }
        try {
            channel.close();
        } catch (TimeoutException slow) {
            throw new IOException(slow);
        }
        return null;
    }

    /** @return null if it is there, or if it may not be asked */
    @Nullable
    Refusal find(String queue) throws IOException {
        return ask(channel -> channel.queueDeclarePassive(queue));
    }

    /**
     * What is known of a queue that is there. AMQP has no question for it, but the refusal of a declaration tells the first argument
     * that differs. So the queue is declared with an argument that is impossible, which makes nothing and changes nothing, and the
     * others are corrected by what each refusal tells, until the impossible one is all that is left to refuse.
     */
    KnownQueue look(String queue) throws IOException {
        Map<String, Object> known = new HashMap<>();
        boolean durable = true;
        boolean autoDelete = false;
        int questions = 0;
        for (String asked : KnownQueue.ASKED) {
            boolean open = !known.containsKey(asked);
            while (open && questions++ < MOST_QUESTIONS) {
                Refusal refusal = declare(queue, durable, autoDelete, with(known, asked));
                Difference difference = refusal == null ? null : refusal.difference();
                if (refusal != null && (refusal.isLocked() || isExclusive(difference))) {
                    return KnownQueue.TEMPORARY;
                }
                if (difference == null) {
                    open = false; // queues of this type have no such argument, or it is not told
                } else if (difference.argument().equals("durable")) {
                    durable = false;
                } else if (difference.argument().equals("auto_delete")) {
                    autoDelete = true;
                } else {
                    open = !difference.argument().equals(asked);
                    if (difference.value() != null) {
                        known.put(difference.argument(), difference.value());
                    }
                }
            }
        }
        return new KnownQueue(durable && !autoDelete, known);
    }

    private @Nullable Refusal declare(String queue, boolean durable, boolean autoDelete, Map<String, Object> arguments)
            throws IOException {
        return ask(channel -> channel.queueDeclare(queue, durable, false, autoDelete, arguments));
    }

    private static boolean isExclusive(@Nullable Difference difference) {
        return difference != null && difference.argument().equals("exclusive");
    }

    private static Map<String, Object> with(Map<String, Object> known, String asked) {
        Map<String, Object> arguments = new HashMap<>(known);
        arguments.put(asked, IMPOSSIBLE);
        return arguments;
    }
}
