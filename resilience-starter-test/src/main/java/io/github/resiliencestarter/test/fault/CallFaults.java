package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.call.AttemptDecorator;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.Continuations;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the remotes of calls fail, without a remote: each attempt of a call does first what its {@link CallFault} says, inside
 * of all strategies, so that retry, timeout and circuit breaker see a remote that fails, is slow, or hangs. Annotated and
 * programmatic calls alike, on the caller's thread or on a worker's. Thread-safe.
 *
 * <p>An application in which a production profile is active does not start with a bean of this type.
 */
public final class CallFaults implements AttemptDecorator {

    /** The seed of {@link CallFault#failRate} unless another one is given: each run draws the same numbers. */
    public static final long DEFAULT_SEED = 42;

    private final CallClock clock;
    private final Map<String, CallFault> byCall = new ConcurrentHashMap<>();
    private final RequestFaults ofRequest = new RequestFaults();
    private volatile long seed = DEFAULT_SEED;

    /** @param clock what a slow attempt waits by */
    public CallFaults(CallClock clock) {
        this.clock = clock;
    }

    /** The faults of the call of this name, whether it has been called yet or not. */
    public CallFault on(String call) {
        return byCall.computeIfAbsent(call, this::healthy);
    }

    private CallFault healthy(String call) {
        return new CallFault(call, clock, random(call));
    }

    private Random random(String call) {
        return new Random(seed * 31 + call.hashCode());
    }

    /** Begins the random numbers of {@link CallFault#failRate} anew, with this seed. */
    public void seed(long newSeed) {
        seed = newSeed;
        byCall.forEach((call, fault) -> fault.draw(random(call)));
    }

    /** No call has any fault from now on, and what hangs goes on. The random numbers begin anew. */
    public void heal() {
        byCall.values().forEach(CallFault::heal);
        seed(DEFAULT_SEED);
    }

    /** The faults that only the request of this thread has. */
    RequestFaults ofRequest() {
        return ofRequest;
    }

    /** The clock of the calls. */
    CallClock clock() {
        return clock;
    }

    @Override
    public Continuations.@Nullable Captured capture() {
        return ofRequest.capture();
    }

    @Override
    public Attempt decorate(String call, Attempt attempt) {
        CallFault ofTest = byCall.get(call);
        CallFault ofThisRequest = ofRequest.find(call);
        Attempt decorated = ofTest == null ? attempt : ofTest.before(attempt);
        return ofThisRequest == null ? decorated : ofThisRequest.before(decorated);
    }
}
