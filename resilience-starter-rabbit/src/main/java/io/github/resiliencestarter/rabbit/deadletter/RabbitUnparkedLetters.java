package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Since when letters lie that nobody parks: those that our own consumer has and cannot park, and those in queues that nobody consumes.
 * A broker does not tell the age of a message without delivering it, and a delivery is counted, so for the latter it is the time at
 * which they were first seen here.
 */
public final class RabbitUnparkedLetters implements UnparkedLetters {

    private final ConnectionFactory connections;
    private final Supplier<? extends Collection<String>> queues;
    private final LetterIntake intake;
    private final Clock clock;
    private final Map<String, Instant> seen = new HashMap<>();

    public RabbitUnparkedLetters(
            ConnectionFactory connections,
            Supplier<? extends Collection<String>> queues,
            LetterIntake intake,
            Clock clock) {
        this.connections = connections;
        this.queues = queues;
        this.intake = intake;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Instant> oldest() {
        try (Connection connection = connections.createConnection()) {
            QueueInspection inspection = new QueueInspection(Objects.requireNonNull(connection.getDelegate()));
            Collection<String> names = queues.get();
            seen.keySet().retainAll(names);
            for (String queue : names) {
                look(inspection, queue);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Stream.concat(intake.oldest().stream(), seen.values().stream()).min(Instant::compareTo);
    }

    private void look(QueueInspection inspection, String queue) throws IOException {
        AMQP.Queue.DeclareOk[] answer = new AMQP.Queue.DeclareOk[1];
        Refusal absent = inspection.ask(channel -> answer[0] = channel.queueDeclarePassive(queue));
        if (absent == null && answer[0].getMessageCount() > 0 && answer[0].getConsumerCount() == 0) {
            seen.putIfAbsent(queue, clock.instant());
        } else {
            seen.remove(queue);
        }
    }
}
