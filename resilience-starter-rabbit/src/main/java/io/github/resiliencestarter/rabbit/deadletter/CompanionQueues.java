package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import io.github.resiliencestarter.rabbit.deadletter.CompanionQueue.Purpose;
import io.github.resiliencestarter.rabbit.deadletter.Refusal.Difference;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Declares the exchanges and queues that are missing beside others, and looks at those that are there. What is there is never
 * declared with other arguments. Thread-safe; each look has channels of its own.
 */
public final class CompanionQueues {

    private final ConnectionFactory connections;
    private final DeadLetterNames names;
    private final CompanionPlan plan;
    private final boolean declare;

    /**
     * @param connections the host's; a connection that is opened for this makes its {@code RabbitAdmin} declare the host's own queues
     * @param type {@code resilience.rabbit.listener.dead-letter.queue-type}, in lower case
     * @param declare {@code resilience.rabbit.listener.dead-letter.declare-queues}
     * @param parking whether letters are parked
     */
    public CompanionQueues(
            ConnectionFactory connections, DeadLetterNames names, String type, boolean declare, boolean parking) {
        this.connections = connections;
        this.names = names;
        this.plan = new CompanionPlan(names, type, parking);
        this.declare = declare;
    }

    /** Waits for the broker; what it does not answer is among what is pending. Does not throw. */
    public CompanionFindings prepare(Collection<SourceQueue> queues) {
        CompanionFindings findings = new CompanionFindings();
        queues.forEach(new NameRules(names, plan.parking(), findings)::check);
        if (!findings.errors().isEmpty()) {
            return findings;
        }
        try (Connection connection = connections.createConnection()) {
            QueueInspection inspection = new QueueInspection(Objects.requireNonNull(connection.getDelegate()));
            for (SourceQueue queue : queues) {
                prepare(inspection, queue, findings);
            }
        } catch (AmqpException | IOException | ShutdownSignalException unusable) {
            findings.pending().add(QueueProblems.unreachable(connections, unusable));
        }
        return findings;
    }

    private void prepare(QueueInspection inspection, SourceQueue queue, CompanionFindings findings) throws IOException {
        Refusal absent = inspection.find(queue.name());
        if (absent != null && absent.isMissing()) {
            findings.pending().add(QueueProblems.noSource(queue));
            return;
        }
        KnownQueue known = absent != null && absent.isLocked() ? KnownQueue.TEMPORARY : inspection.look(queue.name());
        if (!known.permanent()) {
            return;
        }
        if (known.isStream()) {
            findings.errors().add(QueueProblems.stream(queue));
            return;
        }
        int version = inspection.version();
        new SourceRules(names, connections).check(queue, known, version, findings);
        exchange(inspection, queue, findings);
        for (CompanionQueue companion : plan.of(queue, version)) {
            prepare(inspection, companion, findings);
        }
    }

    private void exchange(QueueInspection inspection, SourceQueue queue, CompanionFindings findings)
            throws IOException {
        String name = names.exchange(queue.name());
        Refusal absent = inspection.ask(channel -> channel.exchangeDeclarePassive(name));
        if (absent == null && !declare) {
            return;
        }
        if (!declare) {
            findings.warnings().add(QueueProblems.missingExchange(name, queue));
            return;
        }
        Refusal refusal = inspection.ask(channel -> channel.exchangeDeclare(name, BuiltinExchangeType.FANOUT, true));
        Difference difference = refusal == null ? null : refusal.difference();
        if (refusal == null && absent != null) {
            findings.created().add(name);
        } else if (difference != null && !isBindable(difference)) {
            findings.errors().add(QueueProblems.otherExchange(name, queue, difference));
        } else if (refusal != null && difference == null && absent != null) {
            findings.warnings().add(QueueProblems.exchangeNotDeclared(name, queue, refusal, connections));
        }
    }

    /** Letters are sent with the name of their queue as routing key, so a binding with it reaches them there too. */
    private static boolean isBindable(Difference difference) {
        return !difference.argument().equals("type")
                || "direct".equals(difference.current())
                || "topic".equals(difference.current());
    }

    private void prepare(QueueInspection inspection, CompanionQueue companion, CompanionFindings findings)
            throws IOException {
        Refusal absent = inspection.find(companion.name());
        if (absent != null && absent.isMissing()) {
            if (!declare) {
                findings.warnings().add(QueueProblems.missing(companion));
                return;
            }
            Refusal refusal = declare(inspection, companion, companion.arguments());
            if (refusal != null) {
                findings.warnings().add(QueueProblems.notDeclared(companion, refusal, connections));
                return;
            }
            findings.created().add(companion.name());
        } else {
            Refusal refusal = declare ? declare(inspection, companion, companion.arguments()) : null;
            if (refusal != null && !refusal.isForbidden() || !declare) {
                new CompanionRules(findings).check(companion, inspection.look(companion.name()));
            }
        }
        if (companion.purpose() == Purpose.DEAD_LETTERS && declare) {
            bind(inspection, companion, findings);
        }
    }

    /** Of a queue that is there it tells whether it has these arguments, and changes nothing. */
    private static @Nullable Refusal declare(
            QueueInspection inspection, CompanionQueue companion, Map<String, Object> arguments) throws IOException {
        return inspection.ask(channel -> channel.queueDeclare(companion.name(), true, false, false, arguments));
    }

    private void bind(QueueInspection inspection, CompanionQueue letters, CompanionFindings findings)
            throws IOException {
        String exchange = names.exchange(letters.source());
        Refusal refusal = inspection.ask(channel -> channel.queueBind(letters.name(), exchange, letters.source()));
        if (refusal != null) {
            findings.warnings().add(QueueProblems.notBound(letters, exchange, refusal, connections));
        }
    }
}
