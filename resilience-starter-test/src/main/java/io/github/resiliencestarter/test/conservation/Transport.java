package io.github.resiliencestarter.test.conservation;

import java.util.concurrent.CompletionStage;

/**
 * How numbered messages are sent, and how it is found out where they have ended. Everything but {@link #processed()} is asked by
 * one thread.
 */
public interface Transport {

    /**
     * Sends a message with this number. The stage completes when the broker has confirmed that it has it, and exceptionally if
     * nobody knows. May block as long as a real sender would.
     */
    CompletionStage<?> send(long number);

    /** The numbers that business code has processed to the end, each as often as it did. Consumers add to it. */
    Numbers processed();

    /** The numbers in the dead-letter queue. Asked again and again until all numbers are accounted for. */
    default Numbers deadLettered() {
        return new Numbers();
    }

    /** The numbers that wait in a store for a person. Asked again and again until all numbers are accounted for. */
    default Numbers parked() {
        return new Numbers();
    }

    /** The numbers that consumers would get from the broker if they went on. Asked once, at the end, after they have stopped. */
    default Numbers remaining() {
        return new Numbers();
    }
}
