package io.github.resiliencestarter.kafka.listener;

/**
 * The record is to be tried again later, and its consumer is not guarded: the container keeps the record and what comes after it,
 * goes on polling, and brings them again. No failure, so without a stack trace.
 */
final class NotYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotYet() {
        super("The record is tried again later", null, false, false);
    }
}
