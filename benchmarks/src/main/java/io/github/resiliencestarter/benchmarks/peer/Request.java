package io.github.resiliencestarter.benchmarks.peer;

/** One caller's request, which knows how the remote will answer it. It belongs to one thread, and is sent again and again. */
public final class Request {

    static final String ANSWER = "answer";

    private final boolean firstAttemptFails;
    private boolean failed;
    private int attempts;

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

    int attempts() {
        return attempts;
    }
}
