package io.github.resiliencestarter.test.assertion;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersAssertTests {

    private final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore(Clock.systemUTC());

    @BeforeEach
    void park() {
        Instant now = Instant.parse("2026-11-21T03:00:00Z");
        store.park(new DeadLetter(
                "letter-1",
                new Source.Topic("billing", "orders", 1, 7),
                null,
                "secret payload".getBytes(StandardCharsets.UTF_8),
                Headers.of(Header.of("tenant", "secret tenant")),
                Failure.of(new UncheckedIOException("order 7", new IOException("no answer"))),
                4,
                now,
                now,
                2,
                "replay-2"));
    }

    @Test
    void what_is_true_passes() {
        letters("orders")
                .hasSize(1)
                .haveStatus(LetterStatus.OPEN)
                .first()
                .failedWith(UncheckedIOException.class)
                .failedWith(IOException.class)
                .hasMessageContaining("order 7")
                .hasAttempts(4)
                .hasReplayCount(2)
                .hasStatus(LetterStatus.OPEN)
                .hasPayload("secret payload")
                .hasHeader("tenant", "secret tenant");
        letters("payments").isEmpty();
    }

    @Test
    void a_wrong_size_lists_the_letters() {
        fails(
                () -> letters("orders").hasSize(2),
                "Expected 2 dead letters of 'orders', but there are 1",
                "letter-1",
                "order 7");
        fails(() -> letters("orders").isEmpty(), "Expected 0 dead letters");
        fails(() -> letters("orders").haveStatus(LetterStatus.RESOLVED), "to be RESOLVED, but 1 are not");
        fails(() -> letters("payments").first(), "Expected a dead letter of 'payments' at index 0, but there are 0");
        fails(() -> letters("payments").last(), "but there are 0");
    }

    @Test
    void a_wrong_letter_says_what_it_is_and_shows_its_stack_trace() {
        fails(
                () -> letters("orders").first().failedWith(IllegalStateException.class),
                "to have failed with java.lang.IllegalStateException, but it failed with java.io.UncheckedIOException",
                "Caused by: java.io.IOException: no answer");
        fails(() -> letters("orders").first().hasAttempts(3), "to have 3 attempts, but it has 4");
        fails(() -> letters("orders").first().hasReplayCount(0), "replayed 0 times, but it was replayed 2 times");
        fails(() -> letters("orders").first().hasMessageContaining("order 8"), "has: order 7");
        fails(() -> letters("orders").first().hasStatus(LetterStatus.DISCARDED), "to be DISCARDED, but it is OPEN");
    }

    @Test
    void a_failure_shows_neither_payload_nor_headers() {
        fails(() -> letters("orders").last().hasPayload("other"), "another one of 14 B");
        fails(() -> letters("orders").last().hasHeader("tenant", "other"), "has another value");
        fails(() -> letters("orders").last().hasHeader("missing", "other"), "has none");
    }

    private DeadLettersAssert letters(String source) {
        return new DeadLettersAssert(DeadLetters.of(store, source));
    }

    private static void fails(ThrowingCallable assertion, String... messages) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion)
                .withMessageContainingAll(messages)
                .satisfies(failure -> org.assertj.core.api.Assertions.assertThat(failure.getMessage())
                        .doesNotContain("secret"));
    }
}
