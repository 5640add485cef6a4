package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.rabbit.deadletter.Refusal.Difference;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** What can be wrong with a queue, or with one beside it, in words: what happens, and what to do. */
final class QueueProblems {

    private static final String PREFIX = "resilience.rabbit.listener.";
    static final String DELAYED_QUEUE = PREFIX + "delayed-queue";
    static final String QUEUE = PREFIX + "dead-letter.queue";
    static final String EXCHANGE = PREFIX + "dead-letter.exchange";
    private static final String DECLARE = PREFIX + "dead-letter.declare-queues";
    private static final String TYPE = PREFIX + "dead-letter.queue-type";

    private QueueProblems() {}

    static Problem stream(SourceQueue queue) {
        return new Problem(
                "queue " + queue.name(),
                "it is a stream, from which no single message can be acknowledged, given up or sent back",
                "Let a listener container of the stream client consume it, or a queue of another type that is fed by it");
    }

    static Problem otherDeadLetters(SourceQueue queue, String got, String ours) {
        return new Problem(
                "queue " + queue.name(),
                "its x-dead-letter-exchange is '%s' and not '%s': what the broker itself gives up, because it expires,"
                                .formatted(got, ours)
                        + " overflows or is delivered too often, goes there, and is not with the other dead letters",
                "Declare it with x-dead-letter-exchange: %s, set %s, or add the queue behind '%s' to %s"
                        .formatted(ours, EXCHANGE, got, "resilience.rabbit.parking.queues"));
    }

    static Problem dropped(SourceQueue queue, String by, String ours, String virtualHost) {
        return new Problem(
                "queue " + queue.name(),
                "it has %s and no x-dead-letter-exchange: what the broker gives up for it is dropped, unless a policy says"
                                .formatted(by)
                        + " otherwise",
                "Let a policy say it: rabbitmqctl set_policy -p %s --apply-to queues 'dlx-%s' '^%s$' '{\"dead-letter-exchange\":\"%s\"}'"
                        .formatted(virtualHost, queue.name(), queue.name().replace(".", "\\."), ours));
    }

    static Problem noSource(SourceQueue queue) {
        return new Problem(
                "queue " + queue.name(),
                "it is not there, so nothing is declared beside it",
                "Declare it; it is looked for again meanwhile");
    }

    static Problem missing(CompanionQueue companion) {
        return new Problem(
                DECLARE,
                "false, and there is no queue '%s' for %s".formatted(companion.name(), purpose(companion)),
                "Declare it with %s, or set %s to true".formatted(companion.arguments(), DECLARE));
    }

    static Problem missingExchange(String exchange, SourceQueue queue) {
        return new Problem(
                DECLARE,
                "false, and there is no exchange '%s' for the dead letters of '%s': they are kept in the store, or '%s' is paused"
                        .formatted(exchange, queue.name(), queue.name()),
                "Declare it as a durable fanout, or set " + DECLARE + " to true");
    }

    static Problem notDeclared(CompanionQueue companion, Refusal why, ConnectionFactory connections) {
        String what = "queue '%s' for %s is missing, and can't be declared: %s"
                .formatted(companion.name(), purpose(companion), why.text());
        return why.isForbidden()
                ? new Problem(DECLARE, what, allow(connections))
                : new Problem(
                        DECLARE,
                        what,
                        "If the broker does not know these arguments, set %s to classic; or declare it yourself and set %s to false"
                                .formatted(TYPE, DECLARE));
    }

    static Problem exchangeNotDeclared(String exchange, SourceQueue queue, Refusal why, ConnectionFactory connections) {
        return new Problem(
                DECLARE,
                "exchange '%s' for the dead letters of '%s' is missing, and can't be declared: %s"
                        .formatted(exchange, queue.name(), why.text()),
                allow(connections));
    }

    static Problem otherExchange(String exchange, SourceQueue queue, Difference difference) {
        return new Problem(
                "exchange " + exchange,
                "its %s is '%s', so whether it takes the dead letters of '%s' anywhere can't be known"
                        .formatted(difference.argument(), difference.current(), queue.name()),
                "Name another one in " + EXCHANGE + ", a durable fanout");
    }

    static Problem notBound(CompanionQueue letters, String exchange, Refusal why, ConnectionFactory connections) {
        return new Problem(
                DECLARE,
                "queue '%s' can't be bound to exchange '%s', so whether dead letters of '%s' reach it is not known: %s"
                        .formatted(letters.name(), exchange, letters.source(), why.text()),
                allow(connections));
    }

    private static String allow(ConnectionFactory connections) {
        return ("Declare what is needed yourself and set %s to false, or allow it: rabbitmqctl set_permissions -p %s %s"
                        + " <configure> <write> <read>")
                .formatted(DECLARE, connections.getVirtualHost(), connections.getUsername());
    }

    static Problem companionIsStream(CompanionQueue companion) {
        return new Problem(
                "queue " + companion.name(),
                "it is a stream, which cannot hold %s".formatted(purpose(companion)),
                "Set " + (companion.purpose() == CompanionQueue.Purpose.DELAY ? DELAYED_QUEUE : QUEUE)
                        + " so that it names another one");
    }

    static Problem notPermanent(CompanionQueue companion) {
        return new Problem(
                "queue " + companion.name(),
                "it is not durable, or deleted when nobody consumes it: %s would be gone with it"
                        .formatted(purpose(companion)),
                "Delete it when it is empty; it is declared as it has to be at the next start");
    }

    static Problem otherDelay(CompanionQueue companion, String argument, @Nullable String got, String wanted) {
        return new Problem(
                "queue " + companion.name(),
                "its %s is %s and has to be '%s': messages would not come back when they are due, or not at all"
                        .formatted(argument, got == null ? "not set" : "'" + got + "'", wanted),
                "Delete it when it is empty (rabbitmqctl delete_queue %s --if-empty), or set %s; it is declared anew"
                        .formatted(companion.name(), DELAYED_QUEUE));
    }

    static Problem drops(CompanionQueue companion, String argument, String value) {
        return new Problem(
                "queue " + companion.name(),
                "its %s is %s: %s that nobody has parked or read until then are dropped"
                        .formatted(argument, value, purpose(companion)),
                argument.equals(KnownQueue.MESSAGE_TTL)
                        ? "Declare it without, or let something consume it in time"
                        : "Declare it without, or with x-overflow: reject-publish, so that they are kept elsewhere");
    }

    static Problem delivers(CompanionQueue companion, @Nullable String limit) {
        return new Problem(
                "queue " + companion.name(),
                "its x-delivery-limit is %s: %s that could not be parked so often, because the store is down, are dropped"
                        .formatted(limit == null ? "the broker's, 20" : limit, purpose(companion)),
                "Declare it with x-delivery-limit: -1");
    }

    static Problem unreachable(ConnectionFactory connections, Throwable why) {
        Refusal refusal = Refusal.in(why);
        if (refusal != null && refusal.text().contains("vhost")) {
            return new Problem(
                    "spring.rabbitmq.virtual-host",
                    "'%s' can't be opened by '%s': %s"
                            .formatted(connections.getVirtualHost(), connections.getUsername(), refusal.text()),
                    "Add it (rabbitmqctl add_vhost %s), or allow it (rabbitmqctl set_permissions -p %s %s <configure> <write> <read>). It is tried again meanwhile"
                            .formatted(
                                    connections.getVirtualHost(),
                                    connections.getVirtualHost(),
                                    connections.getUsername()));
        }
        return new Problem(
                "queues for dead letters",
                "the broker was not reached: " + why,
                "Look at spring.rabbitmq.addresses, username and password if this does not end; it is tried again meanwhile");
    }

    private static String purpose(CompanionQueue companion) {
        return companion.purpose().what + " of '" + companion.source() + "'";
    }
}
