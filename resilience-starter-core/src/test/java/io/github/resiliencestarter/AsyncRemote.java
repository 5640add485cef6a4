package io.github.resiliencestarter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A remote that answers later: each attempt is a future that the test completes. Counts the attempts. */
public final class AsyncRemote implements ProtectedCall.CallBody<CompletableFuture<String>, Exception> {

    private final List<CompletableFuture<String>> attempts = new ArrayList<>();

    @Override
    public CompletableFuture<String> call() {
        CompletableFuture<String> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    }

    /** The attempt of this number, counted from 1. */
    public CompletableFuture<String> attempt(int number) {
        return attempts.get(number - 1);
    }

    /** The latest attempt. */
    public CompletableFuture<String> attempt() {
        return attempt(attempts());
    }

    public void answers() {
        attempt().complete("answer");
    }

    public void failsWith(Throwable failure) {
        attempt().completeExceptionally(failure);
    }

    public int attempts() {
        return attempts.size();
    }
}
