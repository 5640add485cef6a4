package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The method returns a {@code CompletableFuture}, and the remote answers at the first attempt, after the method has returned. */
public class SuccessLater extends Scenario {

    @Param({
        "DIRECT_LATER",
        "BY_HAND_LATER_ALONE",
        "BY_HAND_LATER_BARE",
        "BY_HAND_LATER_HOST",
        "OURS_LATER_ALONE",
        "OURS_LATER_BARE",
        "OURS_LATER_HOST",
        "PROGRAM_LATER_BARE",
        "ANNOTATIONS_LATER_ALONE",
        "ANNOTATIONS_LATER_BARE",
        "ANNOTATIONS_LATER_HOST"
    })
    Peer peer = Peer.DIRECT_LATER;

    @Benchmark
    public String call(Caller caller) throws Exception {
        return protection().call(caller.request);
    }

    @Override
    Peer peer() {
        return peer;
    }
}
