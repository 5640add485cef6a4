package io.github.resiliencestarter.compatibility;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resiliencestarter.ResilientCall;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A remote that does what the test says, once per attempt; each test has a call of its own. */
public class Remote {

    private final AtomicInteger attempts = new AtomicInteger();

    @ResilientCall(name = "flaky", idempotent = true)
    public String flaky(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "answered", fallback = "fallback", idempotent = true)
    public String answered(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "full", fallback = "fallback", idempotent = true)
    public String full(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "breaking", idempotent = true)
    public String breaking(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "hanging", idempotent = true)
    public String hanging(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "deaf", idempotent = true)
    public String deaf(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "inherited", idempotent = true)
    public String inherited(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    @ResilientCall(name = "switched", idempotent = true)
    public String switched(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    /** Protected by resilience4j's own annotations. */
    @CircuitBreaker(name = "plain")
    @Retry(name = "plain")
    public String plain(Callable<String> attempt) throws Exception {
        return count(attempt);
    }

    /** How many attempts there were since this was asked before. */
    public int attempts() {
        return attempts.getAndSet(0);
    }

    private String count(Callable<String> attempt) throws Exception {
        attempts.incrementAndGet();
        return attempt.call();
    }

    private String fallback(Callable<String> attempt, Exception failure) {
        return "answered after " + failure.getMessage();
    }
}
