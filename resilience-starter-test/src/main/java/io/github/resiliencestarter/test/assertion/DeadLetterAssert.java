package io.github.resiliencestarter.test.assertion;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/** One dead letter. A failure shows why the message could not be processed, and never its payload. */
public final class DeadLetterAssert extends AbstractAssert<DeadLetterAssert, ParkedLetter> {

    DeadLetterAssert(ParkedLetter actual) {
        super(actual, DeadLetterAssert.class);
    }

    /** The exception that people read, or any of its causes in the stack trace, is of exactly this class. */
    public DeadLetterAssert failedWith(Class<? extends Throwable> exception) {
        Failure failure = letter().failure();
        String name = exception.getName();
        boolean cause = failure.stackTrace()
                .lines()
                .anyMatch(line -> line.equals("Caused by: " + name) || line.startsWith("Caused by: " + name + ":"));
        return check(
                failure.exception().equals(name) || cause,
                "to have failed with " + name,
                "failed with " + failure.exception());
    }

    public DeadLetterAssert hasMessageContaining(String text) {
        String message = letter().failure().message();
        return check(
                message != null && message.contains(text), "to have a message with '" + text + "'", "has: " + message);
    }

    /** How often the listener was called for it. */
    public DeadLetterAssert hasAttempts(int expected) {
        return check(
                letter().attempts() == expected, "to have " + expected + " attempts", "has " + letter().attempts());
    }

    public DeadLetterAssert hasReplayCount(int expected) {
        int count = letter().replayCount();
        return check(
                count == expected, "to have been replayed " + expected + " times", "was replayed " + count + " times");
    }

    public DeadLetterAssert hasStatus(LetterStatus expected) {
        isNotNull();
        return check(actual.status() == expected, "to be " + expected, "is " + actual.status());
    }

    /** The payload is this text in UTF-8. */
    public DeadLetterAssert hasPayload(String expected) {
        return hasPayload(expected.getBytes(StandardCharsets.UTF_8));
    }

    public DeadLetterAssert hasPayload(byte[] expected) {
        byte[] payload = letter().payload();
        return check(
                Arrays.equals(payload, expected),
                "to have the payload of " + expected.length + " B that was expected",
                payload == null ? "is a tombstone" : "has another one of " + payload.length + " B");
    }

    /** The first original header of this name has this text. */
    public DeadLetterAssert hasHeader(String name, String expected) {
        String text = letter().headers().text(name);
        return check(
                expected.equals(text),
                "to have the header '" + name + "' as expected",
                text == null ? "has none" : "has another value");
    }

    static String line(ParkedLetter parked) {
        DeadLetter letter = parked.letter();
        return "%s %s from %s, %d attempts, %d replays: %s: %s"
                .formatted(
                        parked.status(),
                        letter.id(),
                        letter.source(),
                        letter.attempts(),
                        letter.replayCount(),
                        letter.failure().exception(),
                        letter.failure().message());
    }

    private DeadLetter letter() {
        isNotNull();
        return actual.letter();
    }

    private DeadLetterAssert check(boolean holds, String expected, String but) {
        if (!holds) {
            failWithMessage(
                    "Expected dead letter %s, but it %s:%n  %s%n%s",
                    expected, but, line(actual), actual.letter().failure().stackTrace());
        }
        return this;
    }
}
