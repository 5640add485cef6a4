package io.github.resiliencestarter.benchmarks.peer;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One caller's request, which knows how the remote will answer it. It belongs to one thread, and is sent again and again. */
public final class Request {

    static final String ANSWER = "answer";

    private final boolean firstAttemptFails;
    private boolean failed;
    private int attempts;
    private @Nullable CompletableFuture<String> pending;

    private Request(boolean firstAttemptFails) {
        this.firstAttemptFails = firstAttemptFails;
    }

    public static Request thatSucceeds() {
        return new Request(false);
    }

    /** Of its attempts, the first, the third, the fifth and so on fail. */
    public static Request thatFailsFirst() {
        return new Request(true);
    }

    String attempt() throws RemoteFailure {
        attempts++;
        if (firstAttemptFails) {
            failed = !failed;
            if (failed) {
                throw RemoteFailure.PREALLOCATED;
            }
        }
        return ANSWER;
    }

    /** An attempt that succeeds is answered by {@link #answer()}, later; one that failed before is answered at once. */
    CompletableFuture<String> attemptLater() {
        if (firstAttemptFails) {
            try {
                return CompletableFuture.completedFuture(attempt());
            } catch (RemoteFailure e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        attempts++;
        CompletableFuture<String> answer = new CompletableFuture<>();
        pending = answer;
        return answer;
    }

    /** Answers the attempt that waits, if one does. */
    void answer() {
        if (pending != null) {
            pending.complete(ANSWER);
        }
    }

    int attempts() {
        return attempts;
    }
}
