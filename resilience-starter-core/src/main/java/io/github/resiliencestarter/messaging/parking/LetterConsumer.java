package io.github.resiliencestarter.messaging.parking;

/** Takes dead letters from their queue and parks them, on the thread that runs it. */
public interface LetterConsumer {

    /** Ends when it is stopped, or when the broker is lost; what it throws says that there is none. */
    void run();

    /** From any thread, and even before it runs. What is being parked is finished. */
    void stop();
}
