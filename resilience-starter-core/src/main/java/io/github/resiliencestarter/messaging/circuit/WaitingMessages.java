package io.github.resiliencestarter.messaging.circuit;

/** The messages that are held back before a {@link CircuitGate}. Called on any thread, under the gate's lock: does not block. */
public interface WaitingMessages {

    /** Lets one of them come again: one of another partition than last time, if there is one. Where none is waiting, nothing. */
    void releaseNext();

    /** Lets all of them come again. */
    void releaseAll();
}
