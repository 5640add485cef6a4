package io.github.resiliencestarter.rabbit.listener;

/** How the broker is told that a message need not come again. Done once for each message. Thread-safe. */
interface Settlement {

    /** The message was processed, or somebody has its dead letter. */
    void settle();

    /** Nobody has it: it is to come again. */
    void giveBack();
}
