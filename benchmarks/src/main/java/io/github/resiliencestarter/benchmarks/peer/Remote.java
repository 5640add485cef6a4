package io.github.resiliencestarter.benchmarks.peer;

import java.util.concurrent.CompletableFuture;

/** What every peer protects. It does next to nothing, so that what is measured is the protection. */
public class Remote {

    static final String FALLBACK = "fallback";

    public String answer(Request request) throws RemoteFailure {
        return request.attempt();
    }

    public CompletableFuture<String> answerLater(Request request) {
        return request.attemptLater();
    }
}
