package io.github.resiliencestarter.benchmarks.peer;

import java.util.concurrent.CompletableFuture;

/** A protected remote that answers after its method has returned. */
@FunctionalInterface
interface LaterProtection {

    CompletableFuture<String> call(Request request);

    /** The remote answers when the caller has its future, on the thread of the caller: no other thread is measured. */
    static Protection of(LaterProtection later) {
        return request -> {
            CompletableFuture<String> answer = later.call(request);
            request.answer();
            return answer.join();
        };
    }
}
