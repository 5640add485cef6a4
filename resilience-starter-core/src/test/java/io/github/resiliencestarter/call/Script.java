package io.github.resiliencestarter.call;

import io.github.resiliencestarter.ProtectedCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A remote with several attempts at the same time: a test lets each of them end when and how it likes. Thread-safe. */
final class Script implements ProtectedCall.CallBody<String, Exception> {

    private static final int MOST = 8;

    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch[] started = new CountDownLatch[MOST];
    private final CountDownLatch[] interrupted = new CountDownLatch[MOST];
    private final CompletableFuture<?>[] answers = new CompletableFuture<?>[MOST];

    Script() {
        for (int i = 0; i < MOST; i++) {
            started[i] = new CountDownLatch(1);
            interrupted[i] = new CountDownLatch(1);
            answers[i] = new CompletableFuture<>();
        }
    }

    @Override
    public String call() throws Exception {
        int attempt = attempts.getAndIncrement();
        started[attempt].countDown();
        try {
            return (String) answers[attempt].get();
        } catch (InterruptedException cancelled) {
            interrupted[attempt].countDown();
            throw cancelled;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failed.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    void answer(int attempt, String answer) {
        ((CompletableFuture<String>) answers[attempt]).complete(answer);
    }

    void fail(int attempt, Throwable failure) {
        answers[attempt].completeExceptionally(failure);
    }

    void awaitStart(int attempt) throws InterruptedException {
        if (!started[attempt].await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("Attempt " + attempt + " has not started");
        }
    }

    void awaitInterrupt(int attempt) throws InterruptedException {
        if (!interrupted[attempt].await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("Attempt " + attempt + " was not interrupted");
        }
    }

    int attempts() {
        return attempts.get();
    }
}
