package io.github.resiliencestarter.call;

import static java.time.Duration.ofMillis;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.TestCalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A call under way on a thread of its own, whose attempts go by a script. Without hedges it would wait for the first one. */
final class HedgedCall {

    final TestCalls calls;
    final Script script = new Script();
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
    private final Thread caller = new Thread(this::run);

    private HedgedCall(TestCalls calls) {
        this.calls = calls;
    }

    /** Hedged after 200 ms, and not retried unless the properties say how. */
    static TestCalls calls(String... more) {
        List<String> properties = new ArrayList<>(List.of("hedge.delay=200ms"));
        if (Arrays.stream(more).noneMatch(each -> each.startsWith("retry."))) {
            properties.add("retry.enabled=false");
        }
        properties.addAll(Arrays.asList(more));
        return TestCalls.with(properties.toArray(String[]::new));
    }

    /** The first attempt has started. */
    static HedgedCall begun(TestCalls calls) throws InterruptedException {
        HedgedCall call = new HedgedCall(calls);
        call.caller.start();
        call.script.awaitStart(0);
        return call;
    }

    static HedgedCall begun(String... properties) throws InterruptedException {
        return begun(calls(properties));
    }

    /** Two attempts have started. */
    static HedgedCall hedged(String... properties) throws InterruptedException {
        HedgedCall call = begun(properties);
        call.pass(200);
        call.script.awaitStart(1);
        return call;
    }

    private void run() {
        try {
            result.complete(calls.remote().execute(script));
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        } finally {
            interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
        }
    }

    /** Lets time go on once the alarm for the next hedge has been set. */
    void pass(long millis) {
        awaitAlarm();
        calls.time.advance(ofMillis(millis));
    }

    void awaitAlarm() {
        await().until(() -> calls.time.pending() == 1);
    }

    /** By then it has set the alarm for the hedge, if there is to be one. */
    void awaitWaitingCaller() {
        await().until(() -> caller.getState() == Thread.State.WAITING);
    }

    void awaitHedges(int number) {
        await().until(() -> counts().hedgesStarted() == number);
    }

    void interruptCaller() {
        caller.interrupt();
    }

    /** Whether the thread of the caller has its flag set when the call is over. */
    boolean leavesCallerInterrupted() throws Exception {
        return interruptedAfterwards.get();
    }

    CallCounts counts() {
        return calls.pipeline().counts();
    }

    String answer() throws Exception {
        return result.get();
    }

    Throwable failure() throws InterruptedException {
        try {
            throw new AssertionError("It returned " + result.get());
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
