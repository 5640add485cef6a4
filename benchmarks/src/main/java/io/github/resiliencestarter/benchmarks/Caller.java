package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Request;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A thread that calls, each with a request of its own, which a remote answers at the first attempt. */
@State(Scope.Thread)
public class Caller {
    final Request request = Request.thatSucceeds();
}
