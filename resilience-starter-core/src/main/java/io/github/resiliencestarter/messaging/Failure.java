package io.github.resiliencestarter.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Why a message could not be processed, as text that can be kept. Immutable.
 *
 * @param exception the class that was thrown, for people to read; the fingerprint is about its root cause
 * @param message null where the exception has none
 * @param stackTrace without the frames of the framework that called the application, cut at {@link #MAX_STACK_TRACE} characters
 * @param fingerprint {@link Fingerprint#value()}
 */
public record Failure(String exception, @Nullable String message, String stackTrace, String fingerprint) {

    /** Enough for what went wrong, and far less than the smallest limit of a broker on a message. */
    public static final int MAX_STACK_TRACE = 16_000;

    /** Some drivers put a whole statement, or the payload, into a message. */
    public static final int MAX_MESSAGE = 1_000;

    public static Failure of(Throwable thrown) {
        String message = thrown.getMessage();
        return new Failure(
                thrown.getClass().getName(),
                message == null ? null : cut(message, MAX_MESSAGE),
                cut(StackTracePrinter.print(thrown, MAX_STACK_TRACE), MAX_STACK_TRACE),
                Fingerprint.of(thrown).value());
    }

    /** What somebody else has written down about a failure; cut as ours is. */
    public static Failure parsed(String exception, @Nullable String message, @Nullable String stackTrace) {
        return new Failure(
                exception,
                message == null ? null : cut(message, MAX_MESSAGE),
                stackTrace == null ? "" : cut(stackTrace, MAX_STACK_TRACE),
                Fingerprint.parsed(exception, stackTrace).value());
    }

    private static String cut(String all, int most) {
        // PostgreSQL has no place for it. Looking is much cheaper than replacing, and there is none as a rule.
        String text = all.indexOf('\0') < 0 ? all : all.replace('\0', '?');
        if (text.length() <= most) {
            return text;
        }
        String end = "... (cut)";
        int keep = most - end.length();
        // Half of a surrogate pair is no character.
        return text.substring(0, Character.isHighSurrogate(text.charAt(keep - 1)) ? keep - 1 : keep) + end;
    }
}
