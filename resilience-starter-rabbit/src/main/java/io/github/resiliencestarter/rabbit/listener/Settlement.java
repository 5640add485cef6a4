package io.github.resiliencestarter.rabbit.listener;

/** How the broker is told that a message need not come again. Done once for each message. Thread-safe. */
interface Settlement {

    /** The listener has processed the message. */
    void processed();

    /** Somebody has its dead letter. */
    void settle();

    /** Nobody has it: it is to come again. */
    void giveBack();

    /**
     * The listener has failed.
     *
     * @return false if nothing is left to do, because the listener has settled the message by itself
     */
    boolean failed();

    /** The listener is about to be called after so many attempts. */
    void again(Tried before);
}
