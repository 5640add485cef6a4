package io.github.resiliencestarter.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.TransportedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetterTransport} must keep, on a real broker. Extend it and answer its abstract methods. */
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
public abstract class DeadLetterTransportContract {

    private static final long MOST_SECONDS = 60;
    private static final int MANY = 1_000;
    private static final int REPLAYS = 100;
    private static final Replay REPLAY = new Replay("replay-1", "alice", "the stock is back");

    private DeadLetterTransport transport;
    private Source source;

    /** The transport to test. It may be the same for all tests. */
    protected abstract DeadLetterTransport transport();

    /** A topic with its partition and an offset, or a queue with its exchange and routing key, that no other test uses. */
    protected abstract Source newSource();

    /** A source whose dead letter queue is not there, and is not made on demand either. */
    protected abstract Source sourceWithoutQueue();

    /** What is in the dead letter queue of the source, oldest first, once there are so many; what there is after a minute. */
    protected abstract List<TransportedMessage> deadLetters(Source source, int count);

    /** What a consumer of the source gets, oldest first, once there are so many; what there is after a minute. */
    protected abstract List<TransportedMessage> messages(Source source, int count);

    /** The broker can't be reached from now on. */
    protected abstract void cut();

    protected abstract void heal();

    @BeforeEach
    void open() {
        transport = transport();
        source = newSource();
    }

    @AfterEach
    void healed() {
        heal();
    }

    @Test
    void a_confirmed_letter_is_in_the_dead_letter_queue_to_the_byte() throws Exception {
        DeadLetter letter = letter(Letters.BINARY);

        confirmed(transport.deadLetter(letter));

        TransportedMessage message = only(deadLetters(source, 1));
        assertThat(message.payload()).isEqualTo(letter.payload());
        assertThat(message.key()).isEqualTo(letter.key());
        assertThat(message.headers().stream()).containsAll(letter.headers().all());
    }

    @Test
    void a_letter_tells_how_it_failed() throws Exception {
        DeadLetter letter = letter(Letters.bytes("payload"));

        confirmed(transport.deadLetter(letter));

        Headers headers = only(deadLetters(source, 1)).headers();
        assertThat(headers.text(DeadLetterHeaders.ID)).isEqualTo(letter.id());
        assertThat(headers.text(DeadLetterHeaders.FINGERPRINT))
                .isEqualTo(letter.failure().fingerprint());
        assertThat(headers.text(DeadLetterHeaders.ATTEMPTS)).isEqualTo("4");
        assertThat(headers.text(DeadLetterHeaders.FIRST_FAILED_AT)).isEqualTo(Letters.FIRST.toString());
        assertThat(headers.text(DeadLetterHeaders.LAST_FAILED_AT)).isEqualTo(Letters.LAST.toString());
        assertThat(headers.text(DeadLetterHeaders.GROUP)).isEqualTo(source.group());
        assertThat(headers.text(DeadLetterHeaders.REPLAY_COUNT)).isEqualTo("0");
    }

    @Test
    void a_record_without_key_and_without_value_stays_one() throws Exception {
        if (!(source instanceof Source.Topic)) {
            return; // messages of queues have neither
        }
        confirmed(transport.deadLetter(letter(null, null, Headers.NONE, 0)));

        TransportedMessage message = only(deadLetters(source, 1));
        assertThat(message.key()).isNull();
        assertThat(message.payload()).isNull();
    }

    @Test
    void letters_that_are_sent_without_waiting_are_all_there_once_and_in_order() throws Exception {
        List<String> sent = IntStream.range(0, MANY).mapToObj(Integer::toString).toList();

        List<CompletionStage<Void>> confirms = new ArrayList<>();
        sent.forEach(payload -> confirms.add(transport.deadLetter(letter(Letters.bytes(payload)))));
        for (CompletionStage<Void> each : confirms) {
            confirmed(each);
        }

        assertThat(deadLetters(source, MANY))
                .extracting(DeadLetterTransportContract::text)
                .containsExactlyElementsOf(sent);
    }

    @Test
    void a_letter_with_the_longest_failure_is_taken() throws Exception {
        String long1 = "x".repeat(10 * Failure.MAX_STACK_TRACE);
        DeadLetter letter = Letters.of("long", source, Letters.bytes("p"), new IllegalStateException(long1), 0);

        confirmed(transport.deadLetter(letter));

        assertThat(deadLetters(source, 1)).hasSize(1);
    }

    @Test
    void a_replay_comes_to_where_it_failed_and_says_that_it_is_one() throws Exception {
        DeadLetter letter = letter(Letters.BINARY);

        confirmed(transport.replay(letter, REPLAY));

        TransportedMessage message = only(messages(source, 1));
        assertThat(message.payload()).isEqualTo(letter.payload());
        assertThat(message.key()).isEqualTo(letter.key());
        assertThat(message.headers().stream()).containsAll(letter.headers().all());
        assertThat(message.headers().text(DeadLetterHeaders.REPLAY_ID)).isEqualTo(REPLAY.id());
        assertThat(message.headers().text(DeadLetterHeaders.REPLAY_COUNT)).isEqualTo("1");
        assertThat(message.headers().text(DeadLetterHeaders.ID)).isEqualTo(letter.id());
        assertThat(message.headers().text(DeadLetterHeaders.GROUP)).isEqualTo(source.group());
    }

    @Test
    void headers_do_not_grow_with_replays() throws Exception {
        DeadLetter letter = letter(Letters.bytes("payload"));
        confirmed(transport.replay(letter, REPLAY));
        int headers = only(messages(source, 1)).headers().all().size();

        for (int replay = 1; replay < REPLAYS; replay++) {
            // What a consumer makes of it when it fails again: the headers that it got are the headers of the letter.
            Headers got = messages(source, replay).get(replay - 1).headers();
            letter = letter(letter.key(), letter.payload(), got, replay);
            confirmed(transport.replay(letter, REPLAY));
        }

        TransportedMessage last = messages(source, REPLAYS).get(REPLAYS - 1);
        assertThat(last.headers().all()).hasSize(headers);
        assertThat(last.headers().text(DeadLetterHeaders.REPLAY_COUNT)).isEqualTo(Integer.toString(REPLAYS));
    }

    @Test
    void a_letter_that_nobody_takes_is_a_failure_and_not_silence() {
        DeadLetter letter = Letters.of(sourceWithoutQueue());

        assertThat(catchThrowable(() -> confirmed(transport.deadLetter(letter))))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void what_the_broker_can_not_confirm_fails_and_can_be_sent_again_once_it_is_back() throws Exception {
        DeadLetter letter = letter(Letters.bytes("payload"));
        cut();
        assertThat(catchThrowable(() -> confirmed(transport.deadLetter(letter))))
                .isInstanceOf(ExecutionException.class);

        heal();
        confirmed(transport.deadLetter(letter));

        // Nobody can know whether the first one arrived: it is there once or twice, and the id tells.
        assertThat(deadLetters(source, 1))
                .isNotEmpty()
                .allSatisfy(each ->
                        assertThat(each.headers().text(DeadLetterHeaders.ID)).isEqualTo(letter.id()));
    }

    @Test
    void it_serves_its_own_sources() {
        assertThat(transport.serves(source)).isTrue();
    }

    private DeadLetter letter(byte @Nullable [] payload) {
        Headers headers = Headers.of(Header.of("trace", "abc"), Header.of("tenant", "b"));
        return letter(source instanceof Source.Topic ? Letters.bytes("key") : null, payload, headers, 0);
    }

    private DeadLetter letter(byte @Nullable [] key, byte @Nullable [] payload, Headers headers, int replays) {
        DeadLetter any = Letters.of(source);
        return new DeadLetter(
                any.id(), source, key, payload, headers, any.failure(), 4, Letters.FIRST, Letters.LAST, replays, null);
    }

    private static TransportedMessage only(List<TransportedMessage> messages) {
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static String text(TransportedMessage message) {
        byte[] payload = message.payload();
        return payload == null ? "null" : new String(payload, StandardCharsets.UTF_8);
    }

    private static void confirmed(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(MOST_SECONDS, TimeUnit.SECONDS);
    }
}
