package io.github.resiliencestarter.rabbit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.parking.LetterHandlers;
import io.github.resiliencestarter.messaging.parking.LetterParking;
import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

@WithRabbit
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class ParkingIntegrationTests {

    private static final DeadLetterNames NAMES =
            new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.retry.{delay}");

    private final String queue = "parking-" + UUID.randomUUID();
    private final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore(Clock.systemUTC());
    private final Queue<Parked> parked = new ConcurrentLinkedQueue<>();
    private volatile boolean down;
    private volatile String refused = "";

    private RabbitServer rabbit;
    private RabbitQueues queues;
    private CachingConnectionFactory host;
    private RabbitDeadLetterTransport transport;
    private LetterIntake intake;
    private RabbitUnparkedLetters unparked;

    @BeforeEach
    void open(RabbitServer server) throws Exception {
        rabbit = server;
        queues = new RabbitQueues(rabbit);
        queues.create(queue, Map.of("x-queue-type", "quorum", "x-dead-letter-exchange", queue + ".dlx"));
        host = new CachingConnectionFactory(rabbit.host(), rabbit.port());
        new CompanionQueues(host, NAMES, "quorum", true, false).prepare(List.of(new SourceQueue(queue, List.of())));
        transport = new RabbitDeadLetterTransport(host, NAMES, Duration.ofSeconds(10));
        intake = intake();
        unparked = new RabbitUnparkedLetters(host, () -> List.of(queue + ".dlq"), intake, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        intake.stop(Duration.ofSeconds(10));
        transport.close();
        host.destroy();
        queues.close();
    }

    @Test
    void letters_are_in_the_store_as_they_were_sent() {
        DeadLetter letter = letter(7);
        sent(letter);

        intake.start();

        await().untilAsserted(() -> assertThat(store.find(letter.id()))
                .hasValueSatisfying(found -> assertThat(found.letter()).isEqualTo(letter)));
        assertThat(parked).containsExactly(Parked.NEW);
    }

    @Test
    void a_letter_that_comes_twice_is_known() {
        sent(letter(7));
        sent(letter(7));

        intake.start();

        await().until(() -> parked.size() == 2);
        assertThat(parked).containsExactly(Parked.NEW, Parked.KNOWN);
        assertThat(store.count(LetterFilter.ALL)).isEqualTo(1);
    }

    @Test
    void what_the_broker_dead_letters_itself_is_parked_with_its_reason() throws Exception {
        BasicProperties expires =
                RabbitQueues.PERSISTENT.builder().expiration("1").build();
        queues.send("", queue, expires, "late".getBytes(UTF_8));

        intake.start();

        await().until(() -> store.count(LetterFilter.ALL) == 1);
        DeadLetter letter = store.find(LetterFilter.ALL, null, 1).get(0).letter();
        assertThat(letter.source()).isEqualTo(new Source.Queue(queue, "", queue));
        assertThat(letter.failure().exception()).isEqualTo("expired");
        assertThat(letter.attempts()).isZero();
        assertThat(letter.payload()).isEqualTo("late".getBytes(UTF_8));
    }

    @Test
    void while_the_store_is_down_letters_wait_and_none_is_passed_over() throws Exception {
        List<DeadLetter> letters =
                IntStream.range(0, 150).mapToObj(this::letter).toList();
        sent(letters.get(0));
        intake.start();
        await().until(() -> parked.size() == 1);

        down = true;
        letters.forEach(this::sent);
        await().until(() -> unparked.oldest().isPresent());
        assertThat(parked).hasSize(1);
        down = false;

        await().atMost(Duration.ofSeconds(30)).until(() -> parked.size() == 151);
        assertThat(ids())
                .containsExactlyInAnyOrderElementsOf(
                        letters.stream().map(DeadLetter::id).toList());
        await().until(() -> unparked.oldest().isEmpty());
        assertThat(queues.exists(queue + ".parking")).isFalse();
    }

    @Test
    void a_letter_that_the_store_refuses_does_not_keep_the_others_waiting() throws Exception {
        DeadLetter poison = letter(1);
        refused = poison.id();
        sent(poison);
        intake.start();

        List<DeadLetter> letters = IntStream.range(2, 40).mapToObj(this::letter).toList();
        for (DeadLetter letter : letters) {
            sent(letter);
            await().until(() -> store.find(letter.id()).isPresent());
            if (queues.exists(queue + ".parking") && queues.count(queue + ".parking") == 1) {
                break;
            }
        }

        await().until(() -> queues.count(queue + ".parking") == 1);
        assertThat(queues.take(queue + ".parking").getBody()).isEqualTo(poison.payload());
        assertThat(store.find(poison.id())).isEmpty();
        await().until(() -> unparked.oldest().isEmpty());
    }

    @Test
    @RequiresCapability(Capability.KILL)
    void nothing_is_lost_when_the_broker_dies() throws Exception {
        down = true;
        DeadLetter before = letter(1);
        sent(before);
        intake.start();
        // a quorum queue that is killed in its first second does not come back at once
        await().pollDelay(Duration.ofMillis(1_500))
                .until(() -> unparked.oldest().isPresent());

        rabbit.kill();
        rabbit.start();
        down = false;

        await().atMost(Duration.ofSeconds(30)).until(() -> ids().equals(List.of(before.id())));
        await().atMost(Duration.ofSeconds(20)).until(() -> queues.count(queue + ".dlq") == 0);
    }

    @Test
    void what_was_not_parked_when_it_was_stopped_is_parked_by_the_next() {
        down = true;
        DeadLetter letter = letter(7);
        sent(letter);
        intake.start();
        await().until(() -> intake.oldest().isPresent());
        intake.stop(Duration.ofSeconds(10));
        assertThat(store.count(LetterFilter.ALL)).isZero();

        down = false;
        intake = intake();
        intake.start();

        await().until(() -> ids().equals(List.of(letter.id())));
    }

    @Test
    void a_queue_that_is_declared_later_or_anew_is_found() throws Exception {
        intake.start();
        sent(letter(1));
        await().until(() -> parked.size() == 1);
        queues.create(queue + "-later.dlq", Map.of());
        queues.send("", queue + "-later.dlq", RabbitQueues.PERSISTENT, "later".getBytes(UTF_8));
        await().atMost(Duration.ofSeconds(30)).until(() -> parked.size() == 2);

        queues.work(channel -> channel.queueDelete(queue + ".dlq"));
        queues.create(queue + ".dlq", Map.of());
        queues.send("", queue + ".dlq", RabbitQueues.PERSISTENT, "anew".getBytes(UTF_8));

        await().atMost(Duration.ofSeconds(30)).until(() -> parked.size() == 3);
    }

    @Test
    void letters_that_nobody_parks_are_told_by_the_broker() {
        assertThat(unparked.oldest()).isEmpty();
        Instant before = Instant.now();
        sent(letter(7));

        assertThat(unparked.oldest())
                .hasValueSatisfying(since -> assertThat(since).isAfterOrEqualTo(before));
        Instant since = unparked.oldest().orElseThrow();
        assertThat(unparked.oldest()).contains(since);
    }

    private LetterIntake intake() {
        MessageObserver observer = new MessageObserver() {
            @Override
            public void parked(DeadLetter letter, Parked how) {
                parked.add(how);
            }
        };
        return new LetterIntake(
                host,
                () -> List.of(queue + ".dlq", queue + "-later.dlq"),
                NAMES,
                "quorum",
                new LetterParking(breakable(), LetterHandlers.NONE, observer),
                Duration.ofMillis(50),
                Duration.ofMillis(200));
    }

    private DeadLetterStore breakable() {
        return (DeadLetterStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeadLetterStore.class}, (proxy, method, arguments) -> {
                    boolean parks = method.getName().equals("park");
                    if (down || parks && ((DeadLetter) arguments[0]).id().equals(refused)) {
                        throw new IllegalStateException("The store does not take it");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
    }

    private List<String> ids() {
        return store.find(LetterFilter.ALL, null, 1_000).stream()
                .map(ParkedLetter::id)
                .toList();
    }

    private void sent(DeadLetter letter) {
        transport.deadLetter(letter).toCompletableFuture().join();
    }

    private DeadLetter letter(int number) {
        Instant now = Instant.parse("2026-11-21T03:00:00.123456Z");
        return new DeadLetter(
                "letter-" + queue + "-" + number,
                new Source.Queue(queue, "events", "order.placed"),
                null,
                ("value " + number).getBytes(UTF_8),
                Headers.NONE,
                Failure.of(new IllegalStateException("no stock")),
                3,
                now,
                now,
                0,
                null);
    }
}
