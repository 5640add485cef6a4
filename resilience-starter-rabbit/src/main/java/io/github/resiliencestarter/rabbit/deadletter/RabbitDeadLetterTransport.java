package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DelayingTransport;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.ReplayTo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Dead letters and replays by channels of our own on the host's connection for publishers: confirmed by the broker, persistent, and
 * failed where there is no queue for them. Does not connect before it is used. Thread-safe.
 */
public final class RabbitDeadLetterTransport implements DelayingTransport, AutoCloseable {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final LetterSender sender;
    private final DeadLetterNames names;
    private final ReplayTo replayTo;

    /** As {@link #RabbitDeadLetterTransport(ConnectionFactory, DeadLetterNames, Duration, ReplayTo)}, with replays to the queue. */
    public RabbitDeadLetterTransport(ConnectionFactory connections, DeadLetterNames names, Duration sendTimeout) {
        this(connections, names, sendTimeout, ReplayTo.QUEUE);
    }

    /**
     * @param connections of the host; its connection for publishers is used, and stays open when this is closed
     * @param sendTimeout how long the broker may take to confirm a message, connecting included; at least 100 ms
     * @param replayTo where a replay goes: to the queue whose consumer failed alone, or to the exchange, and so to all its queues
     */
    public RabbitDeadLetterTransport(
            ConnectionFactory connections, DeadLetterNames names, Duration sendTimeout, ReplayTo replayTo) {
        if (sendTimeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "resilience.rabbit.listener.dead-letter.send-timeout: %s is too short for any broker. Give it at least %s"
                            .formatted(sendTimeout, SHORTEST));
        }
        this.sender = new LetterSender(connections, sendTimeout, CallClock.system());
        this.names = names;
        this.replayTo = replayTo;
    }

    @Override
    public boolean serves(Source source) {
        return source instanceof Source.Queue;
    }

    @Override
    public CompletionStage<Void> deadLetter(DeadLetter letter) {
        return send(letter, source -> OutgoingLetter.dead(letter, names.exchange(source.queue())));
    }

    @Override
    public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
        return send(
                letter,
                source -> replayTo == ReplayTo.QUEUE
                        ? OutgoingLetter.replay(letter, replay, "", source.queue())
                        : OutgoingLetter.replay(letter, replay, source.exchange(), source.routingKey()));
    }

    @Override
    public CompletionStage<Void> delay(DeadLetter letter, Delay delay, String queue) {
        return send(letter, source -> OutgoingLetter.delayed(letter, delay, queue));
    }

    /** Whatever is wrong comes as a failed stage, so that callers have one way to look at it. */
    private CompletionStage<Void> send(DeadLetter letter, Function<Source.Queue, OutgoingLetter> outgoing) {
        return letter.source() instanceof Source.Queue queue
                ? sender.send(outgoing.apply(queue))
                : CompletableFuture.failedFuture(
                        new IllegalArgumentException("Not a message of a queue: " + letter.source()));
    }

    /** Waits for what is on its way, for as long as {@code sendTimeout}. */
    @Override
    public void close() {
        sender.close();
    }
}
