package io.github.resiliencestarter.benchmarks.peer;

import io.github.resiliencestarter.ResilientCall;
import java.util.concurrent.CompletableFuture;

/** Ours, by annotation. */
public class Ours {

    static final String PLAIN = "ours";
    static final String TIMED = "oursTimed";
    static final String LATER = "oursLater";

    private final Remote remote = new Remote();

    @ResilientCall(name = PLAIN, fallback = "fallback")
    public String answer(Request request) throws RemoteFailure {
        return remote.answer(request);
    }

    @ResilientCall(name = TIMED, fallback = "fallback")
    public String answerInTime(Request request) throws RemoteFailure {
        return remote.answer(request);
    }

    @ResilientCall(name = LATER, fallback = "fallback")
    public CompletableFuture<String> answerLater(Request request) {
        return remote.answerLater(request);
    }

    @SuppressWarnings("unused") // named in the annotations
    private String fallback(Request request, Exception failure) {
        return Remote.FALLBACK;
    }
}
