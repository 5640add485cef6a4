package io.github.resiliencestarter.benchmarks.peer;

import java.io.IOException;

/** Made once: what it costs to make an exception is not the question here. */
public final class RemoteFailure extends IOException {

    static final RemoteFailure PREALLOCATED = new RemoteFailure();

    private static final long serialVersionUID = 1L;

    private RemoteFailure() {
        super("The remote failed");
    }
}
