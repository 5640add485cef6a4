package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.contract.DeadLetterTransportContract;
import io.github.resiliencestarter.test.messaging.TransportedMessage;
import io.github.resiliencestarter.test.network.BlackHole;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** What the transport keeps with queues of either type, through faults too. */
@WithRabbit
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls connect() first
abstract class RabbitTransportContract extends DeadLetterTransportContract {

    /** A quorum queue that is killed while it is new may never have a leader again. */
    private static final Duration SETTLED = Duration.ofMillis(1_500);

    private final String type;
    private CachingConnectionFactory connections;
    private RabbitDeadLetterTransport transport;
    RabbitServer rabbit;
    TransportQueues queues;

    RabbitTransportContract(String type) {
        this.type = type;
    }

    @BeforeAll
    void connect(RabbitServer server) {
        rabbit = server;
        queues = new TransportQueues(server, type);
        connections = queues.connections();
        transport = new RabbitDeadLetterTransport(connections, TransportQueues.NAMES, Duration.ofSeconds(5));
    }

    @AfterAll
    void disconnect() {
        transport.close();
        connections.destroy();
    }

    @Override
    protected DeadLetterTransport transport() {
        return transport;
    }

    @Override
    protected Source newSource() {
        return queues.source();
    }

    @Override
    protected Source sourceWithoutQueue() {
        return queues.lonely();
    }

    @Override
    protected List<TransportedMessage> deadLetters(Source source, int count) {
        return messages(source.name() + ".dlq", count);
    }

    @Override
    protected List<TransportedMessage> messages(Source source, int count) {
        return messages(source.name(), count);
    }

    private List<TransportedMessage> messages(String queue, int count) {
        return queues.read(queue, count).stream()
                .map(each -> new TransportedMessage(null, each.getBody(), LetterHeaders.of(each.getProps())))
                .toList();
    }

    @Override
    protected void cut() {
        rabbit.proxy().apply(new Cut());
    }

    @Override
    protected void heal() {
        rabbit.proxy().heal();
    }

    @Test
    void what_was_confirmed_outlives_the_broker_and_what_was_not_is_sent_again() throws Exception {
        Source.Queue source = queues.source();
        confirmed(transport.deadLetter(letter(source, "before")));
        await().pollDelay(SETTLED).until(() -> true);

        rabbit.kill();
        assertThat(failure(transport.deadLetter(letter(source, "meanwhile")))).isNotNull();
        rabbit.start();

        confirmedAtLast(letter(source, "after"));
        assertThat(deadLetters(source, 2))
                .extracting(each -> new String(each.payload()))
                .startsWith("before", "after")
                .as("though perhaps twice")
                .containsOnly("before", "after");
    }

    /**
     * Perhaps by the second try. While a quorum queue elects a leader the broker may forget a channel, and that a connection is gone
     * may not be known before something is sent.
     */
    private void confirmedAtLast(DeadLetter letter) throws Exception {
        if (failure(transport.deadLetter(letter)) != null) {
            confirmed(transport.deadLetter(letter));
        }
    }

    @Test
    void a_network_that_says_nothing_ends_the_wait_and_the_next_letter_goes_another_way() throws Exception {
        Source.Queue source = queues.source();
        confirmed(transport.deadLetter(letter(source, "before")));
        rabbit.proxy().apply(new BlackHole());

        assertThat(failure(transport.deadLetter(letter(source, "meanwhile")))).isInstanceOf(TimeoutException.class);
        rabbit.proxy().heal();

        confirmedAtLast(letter(source, "after"));
    }

    @Test
    void a_broker_that_stands_still_ends_the_wait_and_is_used_again_when_it_goes_on() throws Exception {
        Source.Queue source = queues.source();
        confirmed(transport.deadLetter(letter(source, "before")));
        rabbit.pause();

        assertThat(failure(transport.deadLetter(letter(source, "meanwhile")))).isInstanceOf(TimeoutException.class);
        rabbit.resume();

        confirmed(transport.deadLetter(letter(source, "after")));
    }

    @Test
    void what_the_queue_refuses_is_a_failure() throws Exception {
        Source.Queue source = queues.lonely();
        String full = source.queue() + ".dlq";
        queues.declare(full, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        queues.on(channel -> {
            channel.exchangeDeclare(TransportQueues.NAMES.exchange(source.queue()), "fanout", true);
            return channel.queueBind(full, TransportQueues.NAMES.exchange(source.queue()), "");
        });

        // A quorum queue refuses when it hears that it is full, which may be some messages later.
        Throwable refused = null;
        for (int i = 0; i < 100 && refused == null; i++) {
            refused = failure(transport.deadLetter(letter(source, "payload")));
        }

        assertThat(refused).hasMessageContaining("The broker refused the message");
    }

    static DeadLetter letter(Source.Queue source, String payload) {
        return letter(source, payload, Headers.NONE);
    }

    static DeadLetter letter(Source.Queue source, String payload, Headers headers) {
        Instant now = Instant.now();
        return new DeadLetter(
                UUID.randomUUID().toString(),
                source,
                null,
                payload.getBytes(),
                headers,
                Failure.of(new IllegalStateException("no stock")),
                1,
                now,
                now,
                0,
                null);
    }

    static void confirmed(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static Throwable failure(CompletionStage<Void> stage) {
        Throwable failure = catchThrowable(() -> confirmed(stage));
        return failure instanceof ExecutionException ? failure.getCause() : failure;
    }
}
