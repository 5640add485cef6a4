package io.github.resiliencestarter.messaging;

/** What became of a replay. */
public enum ReplayStatus {
    /** Letters are being sent, or will be as soon as an instance takes it. */
    RUNNING,
    /** Each letter that was meant has been sent. */
    COMPLETED,
    /** Somebody has cancelled it; what was not sent is still open. */
    CANCELLED,
    /** It has stopped itself, and says why in its note: a canary failed again, or had no verdict in time. */
    STOPPED
}
