package io.github.resiliencestarter.operations;

/**
 * Something that happened to a call. Each logical call publishes at most one of {@link CallRecovered}, {@link CallFellBack},
 * {@link CallFailed} and {@link CallRejected}, and one {@link CallRetried} for each retry. A plain success publishes nothing:
 * that is what meters are for.
 */
public sealed interface CallEvent extends ResilienceEvent
        permits CallRetried,
                CallRecovered,
                CallFellBack,
                CallFailed,
                CallRejected,
                CircuitStateChanged,
                CircuitSwitched {

    /** The name of the call. */
    String call();
}
