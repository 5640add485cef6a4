package io.github.resiliencestarter.messaging;

/** What became of a parked letter. */
public enum LetterStatus {
    /** Nobody has dealt with it. */
    OPEN,
    /** It was sent back, and has not been seen since. */
    REPLAYED,
    /** It was processed after a replay. */
    RESOLVED,
    /** Somebody has decided that it is not needed. */
    DISCARDED
}
