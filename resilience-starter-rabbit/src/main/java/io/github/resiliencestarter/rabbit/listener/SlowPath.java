package io.github.resiliencestarter.rabbit.listener;

/** What happens to a message that does not go straight through its listener. Thread-safe. */
interface SlowPath {

    /** Something is to be known before the listener may be called. */
    void deliver(Delivery delivery);

    /** The listener was called for this message for the first time, and has failed. */
    void afterFirstFailure(Delivery delivery, Throwable thrown);

    /** The listener has returned, and fails only now. On any thread but that of a consumer. */
    void afterLateFailure(Delivery delivery, Tried before, Throwable failure);
}
