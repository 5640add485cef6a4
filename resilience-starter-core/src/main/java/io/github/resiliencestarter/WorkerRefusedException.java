package io.github.resiliencestarter;

/**
 * A call with {@code timeout.runs-on: worker} was made under an active transaction, which would not cover the work of the
 * worker. Nothing was started; it is never retried and never recorded by a circuit breaker.
 */
public class WorkerRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String call;

    public WorkerRefusedException(String call) {
        super("Call '" + call
                + "' has timeout.runs-on: worker, but a transaction is bound to the calling thread and would"
                + " not cover the work of the worker. Set resilience.calls." + call
                + ".timeout.runs-on: caller, or call it outside the transaction");
        this.call = call;
    }

    /** The name of the call that was refused. */
    public String getCall() {
        return call;
    }
}
