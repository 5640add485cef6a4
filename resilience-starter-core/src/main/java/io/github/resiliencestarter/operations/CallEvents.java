package io.github.resiliencestarter.operations;

import static java.util.Objects.requireNonNull;

import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Execution;
import java.time.Duration;
import java.time.Instant;

/** Publishes what happens to one call. An event is made only if somebody listens to it. Thread-safe. */
final class CallEvents implements CallObserver {

    private final ResilienceEvents events;

    CallEvents(ResilienceEvents events) {
        this.events = events;
    }

    @Override
    public void retrying(Execution execution, Throwable failure, long delayMillis) {
        if (events.areWanted(CallRetried.class)) {
            events.publish(new CallRetried(
                    execution.call(),
                    events.now(),
                    execution.attempts(),
                    Duration.ofMillis(delayMillis),
                    elapsed(execution),
                    failure,
                    requireNonNull(execution.lastRemoteOutcome())));
        }
    }

    @Override
    public boolean observesSuccess() {
        return false;
    }

    @Override
    public void completed(Execution execution) {
        switch (execution.outcome()) {
            case SUCCESS, CANCELLED -> {}
            case RECOVERED -> recovered(execution);
            case FALLBACK -> failed(CallFellBack.class, fellBack(execution), execution);
            case FAILED -> failed(CallFailed.class, failed(execution), execution);
            case REJECTED -> failed(CallRejected.class, CallRejected::new, execution);
        }
    }

    private void recovered(Execution execution) {
        if (events.areWanted(CallRecovered.class)) {
            events.publish(new CallRecovered(execution.call(), events.now(), execution.attempts(), elapsed(execution)));
        }
    }

    private <E extends CallEvent> void failed(Class<E> type, FailureEvent<E> event, Execution execution) {
        if (events.areWanted(type)) {
            events.publish(event.of(
                    execution.call(),
                    events.now(),
                    requireNonNull(execution.reason()),
                    execution.attempts(),
                    elapsed(execution),
                    requireNonNull(execution.failure())));
        }
    }

    private static FailureEvent<CallFellBack> fellBack(Execution execution) {
        return (call, time, reason, attempts, elapsed, exception) ->
                new CallFellBack(call, time, reason, attempts, elapsed, exception, execution.staleAnswer());
    }

    private static FailureEvent<CallFailed> failed(Execution execution) {
        return (call, time, reason, attempts, elapsed, exception) -> new CallFailed(
                call, time, reason, attempts, elapsed, exception, requireNonNull(execution.remoteOutcome()));
    }

    private static Duration elapsed(Execution execution) {
        return Duration.ofNanos(execution.elapsedNanos());
    }

    /** The constructor of a record of a call that did not return its own value. */
    private interface FailureEvent<E extends CallEvent> {
        E of(String call, Instant time, FailureReason reason, int attempts, Duration elapsed, Throwable exception);
    }
}
