package io.github.resiliencestarter.messaging.delivery;

import org.jspecify.annotations.Nullable;

/** How much a dead letter tells of its failure. The payload is never cut: where the message is too large, the next form is tried. */
public enum LetterForm {
    WHOLE(Integer.MAX_VALUE, Integer.MAX_VALUE),
    SHORT_STACK_TRACE(1_000, Integer.MAX_VALUE),
    SHORT_MESSAGE(0, 100),
    /** Only our own headers, and where it failed. */
    WITHOUT_EXCEPTION(0, 0);

    private final int stackTrace;
    private final int message;

    LetterForm(int stackTrace, int message) {
        this.stackTrace = stackTrace;
        this.message = message;
    }

    /** Null after the shortest. */
    public @Nullable LetterForm next() {
        return this == WITHOUT_EXCEPTION ? null : values()[ordinal() + 1];
    }

    public boolean hasException() {
        return this != WITHOUT_EXCEPTION;
    }

    public String stackTrace(String text) {
        return text.substring(0, Math.min(stackTrace, text.length()));
    }

    public String message(String text) {
        return text.substring(0, Math.min(message, text.length()));
    }
}
