package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.call.AttemptDecorator.Attempt;
import io.github.resiliencestarter.call.CallClock;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the remote of one call. Faults add up: an attempt is first slow, then hangs, then fails, and only then
 * reaches the protected code. Each method replaces what an earlier call of the same one has said. Thread-safe.
 */
public final class CallFault {

    private final String call;
    private final CallClock clock;
    private Random random;
    private Duration latency = Duration.ZERO;
    private int failuresLeft;
    private double failRate;
    private Supplier<? extends Throwable> failure;
    private Supplier<? extends Throwable> randomFailure;
    private @Nullable Hang hang;

    CallFault(String call, CallClock clock, Random random) {
        this.call = call;
        this.clock = clock;
        this.random = random;
        this.failure = this::standardFailure;
        this.randomFailure = this::standardFailure;
    }

    /**
     * The next attempts fail, retries counted. A checked exception that the annotated method does not declare reaches its
     * caller wrapped in an {@link java.lang.reflect.UndeclaredThrowableException}, as from any proxy; the strategies see it as it is.
     *
     * @param exception has a constructor that takes a message, a message and a cause, nothing, or a cause
     * @throws IllegalArgumentException if the number is negative, or there is no such constructor
     */
    public CallFault failNext(int attempts, Class<? extends Throwable> exception) {
        return failNext(attempts, made(exception));
    }

    /** The next attempts fail, retries counted, each with a new exception. */
    public synchronized CallFault failNext(int attempts, Supplier<? extends Throwable> exception) {
        if (attempts < 0) {
            throw new IllegalArgumentException(
                    "The number of attempts to fail is " + attempts + ", and must not be negative");
        }
        failuresLeft = attempts;
        failure = exception;
        return this;
    }

    /** The next attempts fail with an {@link InjectedFaultException}, retries counted. */
    public CallFault failNext(int attempts) {
        return failNext(attempts, this::standardFailure);
    }

    /**
     * Attempts fail at random, with an {@link InjectedFaultException}. The numbers are drawn from a seed, so that each run of a
     * test with a single thread fails at the same attempts.
     *
     * @param rate from 0 for none to 1 for all
     * @throws IllegalArgumentException if the rate is below 0 or above 1
     */
    public CallFault failRate(double rate) {
        return failRate(rate, this::standardFailure);
    }

    /** As {@link #failRate(double)}, with an exception of this type. */
    public CallFault failRate(double rate, Class<? extends Throwable> exception) {
        return failRate(rate, made(exception));
    }

    private synchronized CallFault failRate(double rate, Supplier<? extends Throwable> exception) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("The rate of failures is " + rate + ", and must be from 0 to 1");
        }
        failRate = rate;
        randomFailure = exception;
        return this;
    }

    /** Each attempt takes this long before it does anything else; an interrupt ends the wait, as it does with a client that listens. */
    public synchronized CallFault slow(Duration newLatency) {
        latency = newLatency;
        return this;
    }

    /**
     * Attempts do not answer until they are interrupted, as by a timeout, or this call is healed. After an hour without either
     * they fail and say that nothing bounds them; on virtual time, where a single thread does not wait, that hour is over at once.
     */
    public synchronized CallFault hang() {
        if (hang == null) {
            hang = new Hang(call, clock);
        }
        return this;
    }

    /** The remote is well again, and attempts that hang go on. */
    public synchronized CallFault heal() {
        latency = Duration.ZERO;
        failuresLeft = 0;
        failRate = 0;
        if (hang != null) {
            hang.end();
            hang = null;
        }
        return this;
    }

    synchronized void draw(Random from) {
        random = from;
    }

    /** What is wrong is decided when the attempt starts; it happens on the thread that runs it. */
    synchronized Attempt before(Attempt attempt) {
        long latencyNanos = latency.toNanos();
        Hang hanging = hang;
        Supplier<? extends Throwable> failing = nextFailure();
        if (latencyNanos <= 0 && hanging == null && failing == null) {
            return attempt;
        }
        return () -> {
            clock.sleep(latencyNanos);
            if (hanging != null) {
                hanging.await();
            }
            if (failing != null) {
                throw failing.get();
            }
            return attempt.run();
        };
    }

    private @Nullable Supplier<? extends Throwable> nextFailure() {
        if (failuresLeft > 0) {
            failuresLeft--;
            return failure;
        }
        return failRate > 0 && random.nextDouble() < failRate ? randomFailure : null;
    }

    private Supplier<? extends Throwable> made(Class<? extends Throwable> exception) {
        try {
            return InjectedExceptions.of(exception, message());
        } catch (IllegalArgumentException cannotBeMade) {
            throw new IllegalArgumentException(
                    cannotBeMade.getMessage() + ". Give failNext a supplier that makes the exception", cannotBeMade);
        }
    }

    private String message() {
        return "Fault injected into call '" + call + "'";
    }

    private Throwable standardFailure() {
        return new InjectedFaultException(message());
    }
}
