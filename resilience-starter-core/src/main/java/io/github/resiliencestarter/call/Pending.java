package io.github.resiliencestarter.call;

import java.util.concurrent.CancellationException;

/**
 * What an asynchronous call waits for: an attempt, a back-off, a permit. A call waits for one such thing at a time, and
 * whoever claims it goes on: its completion, its alarm, or the caller who gives up. All others come too late.
 */
abstract class Pending extends Alarm implements Runnable {

    private final AsyncExecution execution;

    Pending(AsyncExecution execution) {
        this.execution = execution;
    }

    final AsyncExecution execution() {
        return execution;
    }

    final boolean claim() {
        return execution.claim(this);
    }

    /** The time has come. What follows is not for the clock's thread. */
    @Override
    protected final void ring() {
        timeIsUp();
    }

    final void timeIsUp() {
        if (claim()) {
            execution.continueWith(this);
        }
    }

    /** Goes on after the alarm has rung, or after a wait that needed none. */
    @Override
    public abstract void run();

    /** The caller has given up: goes outward with the cancellation. */
    abstract void abandoned(CancellationException cancellation);
}
