package io.github.resiliencestarter.rabbit.listener;

/** Takes what a listener gives up. Thread-safe. */
interface DeadLetters {

    /**
     * Settles the message when somebody has its letter. Returns at once, unless too many letters are on their way.
     *
     * @param queue what holds for the queue that it is of
     * @param failure why it is given up
     */
    void take(Delivery delivery, ListenedQueue queue, Tried tried, Throwable failure);

    /** Whether nobody takes a letter: then no further message is to be processed. Looked at for each message. */
    boolean isStuck();

    /** Waits until letters are taken again; false if the consumer of this delivery stops before. */
    boolean awaitFree(Delivery delivery);

    /** A channel is closed: what it had unacknowledged comes again, and letters of that are awaited by nobody. */
    void channelClosed();
}
