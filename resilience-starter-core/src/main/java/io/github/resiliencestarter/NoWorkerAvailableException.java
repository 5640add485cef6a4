package io.github.resiliencestarter;

import java.util.concurrent.RejectedExecutionException;

/**
 * A call with {@code timeout.runs-on: worker} found all {@code resilience.workers.max-threads} threads taken. It is
 * never retried and never recorded by a circuit breaker.
 */
public class NoWorkerAvailableException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    private final String call;

    public NoWorkerAvailableException(String call, int maxThreads) {
        super(
                "Call '" + call + "': all " + maxThreads
                        + " worker threads are taken; raise resilience.workers.max-threads, or use a client that reacts to interrupts");
        this.call = call;
    }

    /** The name of the call that found no thread. */
    public String getCall() {
        return call;
    }
}
