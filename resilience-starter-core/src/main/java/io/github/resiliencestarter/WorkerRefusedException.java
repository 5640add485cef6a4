package io.github.resiliencestarter;

/**
 * A call whose attempts run on other threads ({@code timeout.runs-on: worker}, {@code hedge}, {@code thread-pool-bulkhead}) was
 * made under an active transaction, which would not cover the work there. Nothing was started; it is never retried and never
 * recorded by a circuit breaker.
 */
public class WorkerRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String call;

    public WorkerRefusedException(String call) {
        super("Call '" + call
                + "' runs its attempts on other threads (timeout.runs-on: worker, hedge or thread-pool-bulkhead), but a"
                + " transaction is bound to the calling thread and would not cover the work there. Set resilience.calls."
                + call + ".timeout.runs-on: caller, without hedge and thread-pool-bulkhead,"
                + " or call it outside the transaction");
        this.call = call;
    }

    /** The name of the call that was refused. */
    public String getCall() {
        return call;
    }
}
