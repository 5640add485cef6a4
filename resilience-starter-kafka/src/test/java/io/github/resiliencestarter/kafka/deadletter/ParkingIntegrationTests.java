package io.github.resiliencestarter.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class ParkingIntegrationTests {

    private static final DeadLetterNames NAMES = new DeadLetterNames("{topic}{suffix}", "-dlq");

    private final String prefix = "parking-" + UUID.randomUUID();
    private final String topic = prefix + "-orders";
    private final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore(Clock.systemUTC());
    private final Queue<Parked> parked = new ConcurrentLinkedQueue<>();
    private volatile boolean down;

    private Map<String, Object> host;
    private KafkaTopics topics;
    private KafkaDeadLetterTransport transport;
    private LetterIntake intake;
    private KafkaUnparkedLetters unparked;

    @BeforeEach
    void open(KafkaServer kafka) throws Exception {
        host = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "of-the-host",
                "acks",
                "0",
                // topics that are new are found sooner
                "metadata.max.age.ms",
                500);
        topics = new KafkaTopics(kafka);
        topics.create(topic, 2, Map.of());
        topics.create(topic + "-dlq", 2, Map.of());
        transport = new KafkaDeadLetterTransport(host, NAMES, Duration.ofSeconds(10));
        unparked = new KafkaUnparkedLetters(host, prefix + "*-dlq", prefix, Duration.ofSeconds(5));
        intake = intake();
    }

    @AfterEach
    void close() {
        intake.stop(Duration.ofSeconds(10));
        transport.close();
        topics.close();
    }

    @Test
    void letters_are_in_the_store_as_they_were_sent() {
        DeadLetter letter = letter(topic, 0, 7);
        sent(letter);

        intake.start();

        await().untilAsserted(() -> assertThat(store.find(letter.id()))
                .hasValueSatisfying(found -> assertThat(found.letter()).isEqualTo(letter)));
        assertThat(parked).containsExactly(Parked.NEW);
    }

    @Test
    void a_letter_that_comes_twice_is_known() {
        sent(letter(topic, 0, 7));
        sent(letter(topic, 0, 7));

        intake.start();

        await().until(() -> parked.size() == 2);
        assertThat(parked).containsExactly(Parked.NEW, Parked.KNOWN);
        assertThat(store.count(LetterFilter.ALL)).isEqualTo(1);
    }

    @Test
    void while_the_store_is_down_letters_wait_and_none_is_passed_over() {
        List<DeadLetter> letters =
                IntStream.range(0, 50).mapToObj(i -> letter(topic, i % 2, i)).toList();
        sent(letters.get(0));
        intake.start();
        await().until(() -> parked.size() == 1);

        down = true;
        letters.forEach(this::sent);
        await().until(() -> unparked.oldest().isPresent());
        assertThat(parked).hasSize(1);
        down = false;

        await().atMost(Duration.ofSeconds(30)).until(() -> parked.size() == 51);
        assertThat(ids())
                .containsExactlyInAnyOrderElementsOf(
                        letters.stream().map(DeadLetter::id).toList());
        await().until(() -> unparked.oldest().isEmpty());
    }

    @Test
    void what_was_not_parked_when_it_was_stopped_is_parked_by_the_next() {
        down = true;
        DeadLetter letter = letter(topic, 1, 7);
        sent(letter);
        intake.start();
        await().until(() -> unparked.oldest().isPresent());
        intake.stop(Duration.ofSeconds(10));
        assertThat(store.count(LetterFilter.ALL)).isZero();

        down = false;
        intake = intake();
        intake.start();

        await().until(() -> ids().equals(List.of(letter.id())));
    }

    @Test
    void a_topic_that_is_created_later_is_found() throws Exception {
        intake.start();
        String later = prefix + "-later";
        topics.create(later + "-dlq", 1, Map.of());
        DeadLetter letter = letter(later, 0, 7);
        sent(letter);

        await().atMost(Duration.ofSeconds(30)).until(() -> ids().equals(List.of(letter.id())));
    }

    @Test
    void the_oldest_letter_that_nobody_has_parked_is_told_by_the_broker() {
        Instant before = Instant.now().minusMillis(1);
        assertThat(unparked.oldest()).isEmpty();
        sent(letter(topic, 0, 7));
        Instant after = Instant.now();
        sent(letter(topic, 1, 8));

        assertThat(unparked.oldest())
                .hasValueSatisfying(oldest -> assertThat(oldest).isBetween(before, after));
    }

    private LetterIntake intake() {
        MessageObserver observer = new MessageObserver() {
            @Override
            public void parked(DeadLetter letter, Parked how) {
                parked.add(how);
            }
        };
        return new LetterIntake(
                host, prefix + "*-dlq", prefix, NAMES, new LetterParking(breakable(), LetterHandlers.NONE, observer));
    }

    private DeadLetterStore breakable() {
        return (DeadLetterStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeadLetterStore.class}, (proxy, method, arguments) -> {
                    if (down) {
                        throw new IllegalStateException("The store is down");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
    }

    private List<String> ids() {
        return store.find(LetterFilter.ALL, null, 100).stream()
                .map(ParkedLetter::id)
                .toList();
    }

    private void sent(DeadLetter letter) {
        CompletableFuture<Void> confirm = transport.deadLetter(letter).toCompletableFuture();
        confirm.join();
    }

    private DeadLetter letter(String from, int partition, long offset) {
        Source.Topic source = new Source.Topic("billing", from, partition, offset);
        Instant now = Instant.parse("2026-11-21T03:00:00.123456Z");
        return new DeadLetter(
                source.letterId(),
                source,
                "key".getBytes(UTF_8),
                "value".getBytes(UTF_8),
                Headers.NONE,
                Failure.of(new IllegalStateException("no stock")),
                4,
                now,
                now,
                0,
                null);
    }
}
