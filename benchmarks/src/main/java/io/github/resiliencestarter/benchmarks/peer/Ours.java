package io.github.resiliencestarter.benchmarks.peer;

import io.github.resiliencestarter.ResilientCall;

/** Ours, by annotation. */
public class Ours {

    static final String PLAIN = "ours";
    static final String TIMED = "oursTimed";

    private final Remote remote = new Remote();

    @ResilientCall(name = PLAIN, fallback = "fallback")
    public String answer(Request request) throws RemoteFailure {
        return remote.answer(request);
    }

    @ResilientCall(name = TIMED, fallback = "fallback")
    public String answerInTime(Request request) throws RemoteFailure {
        return remote.answer(request);
    }

    @SuppressWarnings("unused") // named in the annotations
    private String fallback(Request request, Exception failure) {
        return Remote.FALLBACK;
    }
}
