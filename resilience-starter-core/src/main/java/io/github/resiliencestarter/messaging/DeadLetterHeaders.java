package io.github.resiliencestarter.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers that tell of a failure, in the same words on every broker: one value each, as UTF-8 text, times as in {@code
 * 2026-11-21T03:00:00.123456Z}. A header is replaced and never appended, so a message does not grow with its replays.
 */
public final class DeadLetterHeaders {

    /** {@link DeadLetter#id()}. */
    public static final String ID = "resilience-id";
    /** {@link Failure#fingerprint()}. */
    public static final String FINGERPRINT = "resilience-fingerprint";
    /** {@link DeadLetter#attempts()}. */
    public static final String ATTEMPTS = "resilience-attempts";
    /** {@link DeadLetter#firstFailedAt()}. */
    public static final String FIRST_FAILED_AT = "resilience-first-failed-at";
    /** {@link DeadLetter#lastFailedAt()}. */
    public static final String LAST_FAILED_AT = "resilience-last-failed-at";
    /** {@link Source#group()}: who failed, and in a replay for whom it is. */
    public static final String GROUP = "resilience-group";
    /** {@link DeadLetter#replayCount()}. */
    public static final String REPLAY_COUNT = "resilience-replay-count";
    /** {@link Replay#id()}, on a message that is being replayed, and on its letter if it fails again. */
    public static final String REPLAY_ID = "resilience-replay-id";
    /** {@link Delay#level()}, on a message that waits for its next attempt. */
    public static final String DELAY_LEVEL = "resilience-delay-level";
    /** {@link Delay#dueAt()}, on a message that waits for its next attempt. */
    public static final String DUE_AT = "resilience-due-at";
    /** The span of the attempt that failed, as a W3C {@code traceparent}, where the host traces; a letter has it among its headers. */
    public static final String TRACE = "resilience-trace";

    private static final Set<String> ALL = Set.of(
            ID,
            FINGERPRINT,
            ATTEMPTS,
            FIRST_FAILED_AT,
            LAST_FAILED_AT,
            GROUP,
            REPLAY_COUNT,
            REPLAY_ID,
            DELAY_LEVEL,
            DUE_AT,
            TRACE);

    private DeadLetterHeaders() {}

    public static boolean isOurs(String name) {
        return ALL.contains(name);
    }

    /** What is written on a dead letter, in the place of what was written before. */
    public static Headers onLetter(DeadLetter letter) {
        return failed(letter);
    }

    /** What is written on a message that is to be tried again later: what a dead letter has, and when it is due. */
    public static Headers onDelayed(DeadLetter letter, Delay delay) {
        return failed(
                letter,
                Header.of(DELAY_LEVEL, Integer.toString(delay.level())),
                Header.of(DUE_AT, delay.dueAt().toString()));
    }

    /** What is written on a message that goes back to where it failed. */
    public static Headers onReplay(DeadLetter letter, Replay replay) {
        return marked(letter, letter.replayCount() + 1, replay.id());
    }

    private static Headers failed(DeadLetter letter, Header... more) {
        List<Header> headers = new ArrayList<>(List.of(
                Header.of(FINGERPRINT, letter.failure().fingerprint()),
                Header.of(LAST_FAILED_AT, letter.lastFailedAt().toString())));
        headers.addAll(List.of(more));
        Header trace = letter.headers().first(TRACE);
        if (trace != null) {
            headers.add(trace);
        }
        return marked(letter, letter.replayCount(), letter.replayId(), headers.toArray(Header[]::new));
    }

    private static Headers marked(DeadLetter letter, int replayCount, @Nullable String replayId, Header... more) {
        List<Header> headers = new ArrayList<>(
                letter.headers().without(DeadLetterHeaders::isOurs).all());
        headers.add(Header.of(ID, letter.id()));
        headers.add(Header.of(ATTEMPTS, Integer.toString(letter.attempts())));
        headers.add(Header.of(FIRST_FAILED_AT, letter.firstFailedAt().toString()));
        headers.add(Header.of(GROUP, letter.source().group()));
        headers.add(Header.of(REPLAY_COUNT, Integer.toString(replayCount)));
        if (replayId != null) {
            headers.add(Header.of(REPLAY_ID, replayId));
        }
        headers.addAll(List.of(more));
        return new Headers(headers);
    }
}
