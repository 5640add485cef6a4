package io.github.resiliencestarter.rabbit.deadletter;

import static io.github.resiliencestarter.rabbit.deadletter.RabbitTransportContract.confirmed;
import static io.github.resiliencestarter.rabbit.deadletter.RabbitTransportContract.failure;
import static io.github.resiliencestarter.rabbit.deadletter.RabbitTransportContract.letter;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.ReplayTo;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.math.BigDecimal;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;

@WithRabbit
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls connect() first
class SentLettersIntegrationTests {

    private static final Replay REPLAY = new Replay("r-1", "alice", null);

    private TransportQueues queues;
    private CachingConnectionFactory connections;
    private RabbitDeadLetterTransport transport;

    @BeforeAll
    void connect(RabbitServer server) {
        queues = new TransportQueues(server, "classic");
        connections = queues.connections();
        transport = new RabbitDeadLetterTransport(connections, TransportQueues.NAMES, Duration.ofSeconds(5));
    }

    @AfterAll
    void disconnect() {
        transport.close();
        connections.destroy();
    }

    @Test
    void typed_headers_and_properties_survive_dead_letter_and_replay_to_the_byte() throws Exception {
        Source.Queue source = queues.source();
        Map<String, Object> typed = typedHeaders();
        AMQP.BasicProperties sent =
                FailedMessagesTests.properties().builder().headers(typed).build();
        queues.publish(source.exchange(), source.routingKey(), sent, new byte[] {0, (byte) 0xff});
        GetResponse first = queues.read(source.queue(), 1).get(0);

        confirmed(transport.deadLetter(failed(first, source.queue())));
        GetResponse dead = queues.read(source.queue() + ".dlq", 1).get(0);
        DeadLetter letter = failed(dead, source.queue());
        confirmed(transport.replay(letter, REPLAY));
        GetResponse replayed = queues.read(source.queue(), 2).get(1);

        assertThat(replayed.getBody()).isEqualTo(first.getBody());
        for (String name : typed.keySet()) {
            assertThat(bytes(replayed, name)).as(name).isEqualTo(bytes(first, name));
        }
        assertThat(replayed.getProps().getContentType()).isEqualTo("application/json");
        assertThat(replayed.getProps().getCorrelationId()).isEqualTo("c");
        assertThat(replayed.getProps().getMessageId()).isEqualTo("m");
        assertThat(replayed.getProps().getTimestamp())
                .isEqualTo(first.getProps().getTimestamp());
        assertThat(LetterHeaders.original(LetterHeaders.of(replayed.getProps())).all())
                .containsExactlyInAnyOrderElementsOf(LetterHeaders.original(LetterHeaders.of(first.getProps()))
                        .all());
    }

    @Test
    void the_name_of_another_user_does_not_cost_the_channel() throws Exception {
        Source.Queue source = queues.source();
        Headers headers = LetterHeaders.of(
                new AMQP.BasicProperties.Builder().userId("somebody-else").build());

        confirmed(transport.deadLetter(letter(source, "payload", headers)));

        AMQP.BasicProperties properties =
                queues.read(source.queue() + ".dlq", 1).get(0).getProps();
        assertThat(properties.getUserId()).isNull();
        assertThat(LetterHeaders.of(properties).all()).containsAll(headers.all());
    }

    @Test
    void a_replay_goes_to_no_queue_that_a_header_of_the_message_names() throws Exception {
        Source.Queue source = queues.source();
        Source.Queue copy = queues.lonely();
        Headers headers = Headers.of(FieldValues.header("CC", List.of(copy.queue())));

        confirmed(transport.replay(letter(source, "payload", headers), REPLAY));

        assertThat(queues.read(source.queue(), 1)).hasSize(1);
        assertThat(queues.read(copy.queue(), 0)).isEmpty();
    }

    @Test
    void a_replay_goes_to_the_one_queue_that_failed_unless_all_queues_of_the_exchange_are_asked_for() throws Exception {
        Source.Queue source = queues.source();
        Source.Queue other = queues.lonely();
        queues.on(channel -> channel.queueBind(other.queue(), source.exchange(), "order.*"));

        confirmed(transport.replay(letter(source, "to the queue"), REPLAY));
        assertThat(queues.read(other.queue(), 0)).isEmpty();

        try (RabbitDeadLetterTransport toExchange = new RabbitDeadLetterTransport(
                connections, TransportQueues.NAMES, Duration.ofSeconds(5), ReplayTo.EXCHANGE)) {
            confirmed(toExchange.replay(letter(source, "to the exchange"), REPLAY));
        }
        assertThat(queues.read(source.queue(), 2)).hasSize(2);
        assertThat(queues.read(other.queue(), 1))
                .singleElement()
                .satisfies(
                        each -> assertThat(each.getEnvelope().getRoutingKey()).isEqualTo("order.placed"));
    }

    @Test
    void a_letter_that_is_to_be_tried_later_goes_to_its_delay_queue() throws Exception {
        Source.Queue source = queues.source();
        Source.Queue delayed = queues.lonely();
        Delay delay = new Delay(2, Duration.ofMinutes(1), Instant.parse("2026-11-21T03:00:00Z"));

        confirmed(transport.delay(letter(source, "payload"), delay, delayed.queue()));

        Headers headers =
                LetterHeaders.of(queues.read(delayed.queue(), 1).get(0).getProps());
        assertThat(headers.text("resilience-delay-level")).isEqualTo("2");
        assertThat(headers.text("resilience-due-at")).isEqualTo("2026-11-21T03:00:00Z");
    }

    @Test
    void what_no_queue_takes_is_a_failure_and_not_a_confirmation() throws Exception {
        Source.Queue source = queues.lonely();
        queues.on(channel -> channel.exchangeDeclare(TransportQueues.NAMES.exchange(source.queue()), "fanout"));

        assertThat(failure(transport.deadLetter(letter(source, "payload"))))
                .hasMessageContaining("has no queue for exchange " + source.queue() + ".dlx");
        Source.Queue gone = new Source.Queue("gone-" + source.queue(), "", "");
        assertThat(failure(transport.replay(letter(gone, "payload"), REPLAY)))
                .hasMessageContaining("has no queue for queue gone-");
    }

    @Test
    void what_is_returned_is_told_from_its_neighbours_on_the_same_channel() throws Exception {
        Source.Queue source = queues.source();
        Source.Queue gone = new Source.Queue("gone-" + source.queue(), "", "");
        List<CompletionStage<Void>> there = new ArrayList<>();
        List<CompletionStage<Void>> returned = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            there.add(transport.replay(letter(source, "payload"), REPLAY));
            returned.add(transport.replay(letter(gone, "payload"), REPLAY));
        }

        for (int i = 0; i < 500; i++) {
            confirmed(there.get(i));
            assertThat(failure(returned.get(i))).hasMessageContaining("NO_ROUTE");
        }
        assertThat(queues.read(source.queue(), 500)).hasSize(500);
    }

    @Test
    void an_exchange_that_is_not_there_fails_its_own_letters_alone() throws Exception {
        Source.Queue source = queues.source();
        Source.Queue lonely = queues.lonely();
        List<CompletionStage<Void>> sent = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            sent.add(transport.deadLetter(letter(source, "payload")));
            if (i % 50 == 0) {
                assertThat(failure(transport.deadLetter(letter(lonely, "payload"))))
                        .cause()
                        .hasMessageContaining("NOT_FOUND");
            }
        }

        for (CompletionStage<Void> each : sent) {
            confirmed(each);
        }
        assertThat(queues.read(source.queue() + ".dlq", 200)).hasSize(200);
    }

    @Test
    void headers_that_leave_no_room_for_the_failure_are_sent_without_it_and_larger_ones_cost_nobody_else_a_letter()
            throws Exception {
        Source.Queue source = queues.source();
        int frame = 131_072;

        confirmed(transport.deadLetter(letter(source, "large", header(frame - 3_000))));
        CompletionStage<Void> tooLarge = transport.deadLetter(letter(source, "too large", header(frame)));
        CompletionStage<Void> behind = transport.deadLetter(letter(source, "behind"));

        assertThat(failure(tooLarge)).hasMessageContaining("frame_max");
        confirmed(behind);
        List<GetResponse> dead = queues.read(source.queue() + ".dlq", 2);
        assertThat(dead).extracting(each -> new String(each.getBody())).containsExactly("large", "behind");
        assertThat(dead.get(0)
                        .getProps()
                        .getHeaders()
                        .get("x-exception-stacktrace")
                        .toString())
                .hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void after_it_is_closed_letters_fail_and_the_connection_of_the_host_is_open() throws Exception {
        Source.Queue source = queues.source();
        RabbitDeadLetterTransport closed =
                new RabbitDeadLetterTransport(connections, TransportQueues.NAMES, Duration.ofSeconds(5));
        confirmed(closed.deadLetter(letter(source, "payload")));
        closed.close();

        assertThat(failure(closed.deadLetter(letter(source, "payload")))).hasMessageContaining("being stopped");
        confirmed(transport.deadLetter(letter(source, "payload")));
    }

    @Test
    void a_connection_that_cannot_be_written_to_costs_one_letter_though_nobody_has_said_that_it_is_gone()
            throws Exception {
        Source.Queue source = queues.source();
        BreakableSockets sockets = new BreakableSockets();
        CachingConnectionFactory breakable = queues.connections();
        breakable.getRabbitConnectionFactory().setSocketFactory(sockets);
        try (RabbitDeadLetterTransport broken =
                new RabbitDeadLetterTransport(breakable, TransportQueues.NAMES, Duration.ofSeconds(5))) {
            confirmed(broken.deadLetter(letter(source, "before")));
            sockets.breakAll();

            assertThat(failure(broken.deadLetter(letter(source, "unwritten")))).isInstanceOf(SocketException.class);
            confirmed(broken.deadLetter(letter(source, "after")));
        } finally {
            breakable.destroy();
        }
    }

    private static Headers header(int size) {
        return Headers.of(Header.of("large", "x".repeat(size)));
    }

    private static Map<String, Object> typedHeaders() {
        Map<String, Object> typed = new HashMap<>();
        typed.put("int", 7);
        typed.put("long", -7_000_000_000L);
        typed.put("short", (short) 3);
        typed.put("byte", (byte) -1);
        typed.put("boolean", true);
        typed.put("float", 1.5f);
        typed.put("double", -2.25d);
        typed.put("decimal", new BigDecimal("12.345"));
        typed.put("date", new Date(1_700_000_000_000L));
        typed.put("bytes", new byte[] {0, 1, (byte) 0xff});
        typed.put("table", Map.of("nested", Map.of("list", List.of(1, "blüte", true))));
        typed.put("array", List.of(1, 2L, List.of()));
        typed.put("string", "blüte");
        typed.put("nothing", null);
        return typed;
    }

    private static byte[] bytes(GetResponse message, String name) {
        byte[] value = FieldValues.header(name, message.getProps().getHeaders().get(name))
                .value();
        return value == null ? new byte[0] : value;
    }

    /** The letter of a listener that spring-amqp has called with this message. */
    private static DeadLetter failed(GetResponse message, String queue) {
        Message received = new Message(
                message.getBody(),
                new DefaultMessagePropertiesConverter()
                        .toMessageProperties(message.getProps(), message.getEnvelope(), "UTF-8"));
        Instant now = Instant.now();
        return new FailedMessages(LetterTraces.NONE)
                .letter(received, queue, new IllegalStateException("no stock"), 1, now, now);
    }
}
