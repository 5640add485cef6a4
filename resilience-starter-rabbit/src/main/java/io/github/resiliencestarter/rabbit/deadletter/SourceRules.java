package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** What becomes of messages that the broker itself gives up, before or without a listener. */
record SourceRules(DeadLetterNames names, ConnectionFactory connections) {

    private static final int WITH_DELIVERY_LIMIT = 4;

    void check(SourceQueue queue, KnownQueue known, int version, CompanionFindings findings) {
        String exchange = known.text(KnownQueue.DEAD_LETTER_EXCHANGE);
        String lost = exchange == null ? givenUpBy(known, version) : null;
        if (lost != null) {
            findings.warnings()
                    .add(QueueProblems.dropped(
                            queue, lost, names.exchange(queue.name()), connections.getVirtualHost()));
        } else if (exchange != null && !isOurs(queue, known, exchange)) {
            findings.warnings().add(QueueProblems.otherDeadLetters(queue, exchange, names.exchange(queue.name())));
        }
    }

    /** Through our exchange, or straight to our queue. */
    private boolean isOurs(SourceQueue queue, KnownQueue known, String exchange) {
        return exchange.equals(names.exchange(queue.name()))
                || exchange.isEmpty() && names.of(queue.name()).equals(known.text(KnownQueue.DEAD_LETTER_ROUTING_KEY));
    }

    private static @Nullable String givenUpBy(KnownQueue known, int version) {
        String limit = known.text(KnownQueue.DELIVERY_LIMIT);
        if (limit != null && !limit.startsWith("-")) {
            return KnownQueue.DELIVERY_LIMIT + ' ' + limit;
        }
        if (limit == null && known.isQuorum() && version >= WITH_DELIVERY_LIMIT) {
            return "a delivery limit of 20, as each quorum queue of this version";
        }
        String argument = known.dropsBy();
        return argument == null ? null : argument + ' ' + known.text(argument);
    }
}
