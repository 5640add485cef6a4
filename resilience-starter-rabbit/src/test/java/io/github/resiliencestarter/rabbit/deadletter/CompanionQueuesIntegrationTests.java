package io.github.resiliencestarter.rabbit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import io.github.resiliencestarter.messaging.companion.CompanionPreparation;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

@WithRabbit
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class CompanionQueuesIntegrationTests {

    private static final DeadLetterNames NAMES =
            new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.retry.{delay}");
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String source = "source-" + UUID.randomUUID();
    private final String letters = source + ".dlq";
    private final String exchange = source + ".dlx";
    private final SourceQueue wanted = new SourceQueue(source, List.of());
    private final SourceQueue delayed = new SourceQueue(source, List.of(SHORT, LONG));
    private RabbitServer rabbit;
    private RabbitQueues queues;
    private CachingConnectionFactory host;

    @BeforeEach
    void open(RabbitServer server) {
        rabbit = server;
        queues = new RabbitQueues(rabbit);
        host = connect("guest", "/");
    }

    @AfterEach
    void close() throws Exception {
        host.destroy();
        queues.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void what_is_missing_is_declared_beside_its_source(String type) throws Exception {
        queues.create(source, Map.of("x-queue-type", type));

        CompanionFindings findings = companions(host, type, true).prepare(List.of(delayed));

        assertThat(problems(findings)).isEmpty();
        assertThat(findings.created())
                .containsExactly(
                        exchange, letters, source + ".retry.300ms", source + ".retry.10m", source + ".parking");
        queues.send(exchange, source, RabbitQueues.PERSISTENT, "letter".getBytes(UTF_8));
        assertThat(queues.take(letters).getBody()).isEqualTo("letter".getBytes(UTF_8));
        assertThat(look(letters).arguments()).isEqualTo(Map.of("x-queue-type", type));
        CompanionFindings again = companions(host, type, true).prepare(List.of(delayed));
        assertThat(again.created()).isEmpty();
        assertThat(problems(again)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void a_delay_queue_sends_back_what_is_due_and_long_waits_do_not_keep_short_ones(String type) throws Exception {
        queues.create(source, Map.of("x-queue-type", type));
        companions(host, type, true).prepare(List.of(delayed));

        queues.send("", source + ".retry.10m", RabbitQueues.PERSISTENT, "long".getBytes(UTF_8));
        queues.send("", source + ".retry.300ms", RabbitQueues.PERSISTENT, "short".getBytes(UTF_8));

        GetResponse back = queues.take(source);
        assertThat(back.getBody()).isEqualTo("short".getBytes(UTF_8));
        assertThat(back.getEnvelope().getRoutingKey()).isEqualTo(source);
        Awaitility.await().until(() -> queues.count(source + ".retry.300ms") == 0);
        assertThat(queues.count(source + ".retry.10m")).isEqualTo(1);
    }

    @Test
    void what_is_missing_and_must_not_be_declared_is_told_with_the_property() throws Exception {
        queues.create(source, Map.of());

        CompanionFindings findings = companions(host, "quorum", false).prepare(List.of(wanted));

        assertThat(findings.warnings())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.toString())
                        .contains("resilience.rabbit.listener.dead-letter.declare-queues: false"))
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("no queue '" + letters + "' for the dead letters of '" + source + "'")
                        .contains("Declare it with {x-queue-type=quorum}"));
        assertThat(queues.exists(letters)).isFalse();
    }

    @Test
    void a_source_with_another_dead_letter_exchange_is_told_and_left_as_it_is() throws Exception {
        Map<String, Object> arguments = Map.of("x-dead-letter-exchange", "old.dlx", "x-max-priority", 5);
        queues.create(source, arguments);

        CompanionFindings findings = companions(host, "classic", true).prepare(List.of(wanted));

        assertThat(findings.warnings())
                .singleElement()
                .asString()
                .contains("queue " + source + ": its x-dead-letter-exchange is 'old.dlx' and not '" + exchange + "'")
                .contains("resilience.rabbit.listener.dead-letter.exchange")
                .contains("resilience.rabbit.parking.queues");
        queues.create(source, arguments);
        assertThat(queues.exists(letters)).isTrue();
    }

    @Test
    void a_source_whose_broker_sends_dead_letters_to_ours_is_fine() throws Exception {
        queues.create(source, Map.of("x-dead-letter-exchange", exchange, "x-message-ttl", 60_000));
        String other = "other-" + source;
        queues.create(other, Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", other + ".dlq"));

        CompanionFindings findings =
                companions(host, "classic", true).prepare(List.of(wanted, new SourceQueue(other, List.of())));

        assertThat(problems(findings)).isEmpty();
    }

    @Test
    void what_a_quorum_queue_drops_after_its_delivery_limit_is_told_with_the_policy() throws Exception {
        queues.create(source, Map.of("x-queue-type", "quorum", "x-delivery-limit", 3));

        CompanionFindings findings = companions(host, "quorum", true).prepare(List.of(wanted));

        assertThat(findings.warnings())
                .singleElement()
                .asString()
                .contains("it has x-delivery-limit 3 and no x-dead-letter-exchange")
                .contains("rabbitmqctl set_policy -p / --apply-to queues 'dlx-" + source + "' '^" + source
                        + "$' '{\"dead-letter-exchange\":\"" + exchange + "\"}'");
    }

    @Test
    void a_stream_stops_the_start() throws Exception {
        queues.create(source, Map.of("x-queue-type", "stream"));

        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> preparation(new AtomicInteger()).start())
                .withMessageContaining("queue " + source + ": it is a stream")
                .withMessageContaining("a queue of another type");
        assertThat(queues.exists(letters)).isFalse();
    }

    @Test
    void a_dead_letter_queue_that_drops_letters_is_told_and_not_declared_otherwise() throws Exception {
        queues.create(source, Map.of());
        Map<String, Object> arguments = Map.of("x-message-ttl", 60_000, "x-max-length", 10);
        queues.create(letters, arguments);
        String full = source + ".parking";
        queues.create(full, Map.of("x-max-length", 10, "x-overflow", "reject-publish"));

        CompanionFindings findings = companions(host, "quorum", true).prepare(List.of(wanted));

        assertThat(findings.warnings())
                .singleElement()
                .asString()
                .contains("queue " + letters + ": its x-message-ttl is 60000: the dead letters of '" + source + "'")
                .contains("dropped");
        queues.create(letters, arguments);
    }

    @Test
    void a_delay_queue_that_does_not_send_back_stops_the_start() throws Exception {
        queues.create(source, Map.of());
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-message-ttl", 300);
        arguments.put("x-dead-letter-exchange", "");
        queues.create(source + ".retry.300ms", arguments);

        CompanionFindings findings = companions(host, "classic", true).prepare(List.of(delayed));

        assertThat(findings.errors())
                .singleElement()
                .asString()
                .contains("its x-dead-letter-routing-key is not set and has to be '" + source + "'")
                .contains("rabbitmqctl delete_queue " + source + ".retry.300ms --if-empty")
                .contains("resilience.rabbit.listener.delayed-queue");
    }

    @Test
    void letters_reach_their_queue_through_a_direct_exchange_of_the_host_too() throws Exception {
        queues.create(source, Map.of());
        queues.work(channel -> channel.exchangeDeclare(exchange, "direct", true));

        CompanionFindings findings = companions(host, "classic", true).prepare(List.of(wanted));

        assertThat(problems(findings)).isEmpty();
        queues.send(exchange, source, RabbitQueues.PERSISTENT, "letter".getBytes(UTF_8));
        assertThat(queues.take(letters).getBody()).isEqualTo("letter".getBytes(UTF_8));
    }

    @Test
    void an_exchange_that_cannot_take_letters_stops_the_start() throws Exception {
        queues.create(source, Map.of());
        queues.work(channel -> channel.exchangeDeclare(exchange, "headers", true));

        assertThat(companions(host, "classic", true).prepare(List.of(wanted)).errors())
                .singleElement()
                .asString()
                .contains("exchange " + exchange + ": its type is 'headers'")
                .contains("resilience.rabbit.listener.dead-letter.exchange");
    }

    @Test
    void who_may_not_declare_is_told_which_right_is_missing() throws Exception {
        queues.create(source, Map.of("x-dead-letter-exchange", "old.dlx"));
        rabbit.control("add_user", source, "secret");
        rabbit.control("set_permissions", source, "^$", ".*", ".*");
        CachingConnectionFactory restricted = connect(source, "/");
        try {
            CompanionFindings findings = companions(restricted, "classic", true).prepare(List.of(wanted));

            assertThat(findings.warnings())
                    .isNotEmpty()
                    .anySatisfy(problem -> assertThat(problem.toString())
                            .contains("queue '" + letters + "' for the dead letters of '" + source + "' is missing")
                            .contains("access to queue '" + letters + "' in vhost '/' refused for user '" + source)
                            .contains("resilience.rabbit.listener.dead-letter.declare-queues to false")
                            .contains("rabbitmqctl set_permissions -p / " + source));
            assertThat(findings.errors()).isEmpty();
            companions(host, "classic", true).prepare(List.of(wanted));
            assertThat(problems(companions(restricted, "classic", true).prepare(List.of(wanted))))
                    .isEmpty();
        } finally {
            restricted.destroy();
        }
    }

    @Test
    void a_virtual_host_that_is_not_there_is_told_with_the_command() {
        CachingConnectionFactory missing = connect("guest", "shop");
        try {
            assertThat(companions(missing, "classic", true)
                            .prepare(List.of(wanted))
                            .pending())
                    .singleElement()
                    .asString()
                    .contains("spring.rabbitmq.virtual-host: 'shop' can't be opened by 'guest'")
                    .contains("rabbitmqctl add_vhost shop");
        } finally {
            missing.destroy();
        }
    }

    @Test
    void what_ends_with_its_connection_or_its_consumers_gets_no_companions() throws Exception {
        queues.work(channel -> channel.queueDeclare(source, false, false, true, Map.of()));

        CompanionFindings findings = companions(host, "classic", true).prepare(List.of(wanted));

        assertThat(findings.created()).isEmpty();
        assertThat(problems(findings)).isEmpty();
    }

    @Test
    void a_queue_must_not_be_its_own_dead_letter_queue() {
        DeadLetterNames broken = new DeadLetterNames("{queue}{suffix}", "", "{queue}.{topic}", "{queue}");

        assertThat(new CompanionQueues(host, broken, "classic", true, true)
                        .prepare(List.of(delayed))
                        .errors())
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem).contains("makes queue '" + source + "' its own dead letter"))
                .anySatisfy(problem -> assertThat(problem).contains("'" + source + ".{topic}'"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("resilience.rabbit.listener.delayed-queue: {queue} makes '" + source + "'"));
    }

    @Test
    void a_broker_that_is_not_reached_does_not_stop_the_start_and_is_asked_again() throws Exception {
        queues.create(source, Map.of());
        rabbit.node(0).proxy().apply(new Cut());
        AtomicInteger ready = new AtomicInteger();
        CompanionPreparation<SourceQueue> preparation = preparation(ready);

        preparation.start();
        try {
            assertThat(ready).hasValue(0);
            rabbit.node(0).proxy().heal();
            Awaitility.await().until(() -> ready.get() == 1);
            assertThat(queues.exists(letters)).isTrue();
        } finally {
            preparation.stop();
        }
    }

    @Test
    void a_source_that_is_not_there_yet_is_waited_for() throws Exception {
        AtomicInteger ready = new AtomicInteger();
        CompanionPreparation<SourceQueue> preparation = preparation(ready);
        preparation.start();
        try {
            assertThat(companions(host, "classic", true)
                            .prepare(List.of(wanted))
                            .pending())
                    .singleElement()
                    .asString()
                    .contains("queue " + source + ": it is not there");
            queues.create(source, Map.of());
            Awaitility.await().until(() -> ready.get() == 1);
        } finally {
            preparation.stop();
        }
    }

    private CompanionPreparation<SourceQueue> preparation(AtomicInteger ready) {
        return new CompanionPreparation<>(
                "queues",
                () -> List.of(wanted),
                companions(host, "classic", true)::prepare,
                all -> ready.incrementAndGet(),
                Duration.ofSeconds(5),
                Duration.ofMillis(100));
    }

    private static CompanionQueues companions(CachingConnectionFactory connections, String type, boolean declare) {
        return new CompanionQueues(connections, NAMES, type, declare, true);
    }

    private KnownQueue look(String queue) throws Exception {
        return new QueueInspection(host.createConnection().getDelegate()).look(queue);
    }

    private CachingConnectionFactory connect(String user, String virtualHost) {
        CachingConnectionFactory connections = new CachingConnectionFactory(rabbit.host(), rabbit.port());
        connections.setUsername(user);
        connections.setPassword(user.equals("guest") ? rabbit.password() : "secret");
        connections.setVirtualHost(virtualHost);
        return connections;
    }

    private static List<Problem> problems(CompanionFindings findings) {
        return Stream.of(findings.errors(), findings.warnings(), findings.pending())
                .flatMap(List::stream)
                .toList();
    }
}
