package io.github.resiliencestarter.test.network;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Something that another thread has the {@link EventLoop} do, and waits for. */
final class Task {

    private final Runnable action;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Task(Runnable action) {
        this.action = action;
    }

    void run() {
        try {
            action.run();
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    void complete() {
        done.complete(null);
    }

    void refuse() {
        done.completeExceptionally(new IllegalStateException("The fault proxy is closed: make another one"));
    }

    void await() {
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
