package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import io.github.resiliencestarter.benchmarks.peer.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The first attempt fails, the second one succeeds, and nobody waits in between. */
public class FailThenSucceed extends Scenario {

    @Param({
        "BY_HAND_BARE",
        "BY_HAND_HOST",
        "OURS_BARE",
        "OURS_HOST",
        "PROGRAM_BARE",
        "ANNOTATIONS_BARE",
        "ANNOTATIONS_HOST",
        "SPRING_RETRY",
        "FAILSAFE"
    })
    Peer peer = Peer.BY_HAND_BARE;

    @Benchmark
    public String call(TroubledCaller caller) throws Exception {
        return protection().call(caller.request);
    }

    @Override
    Peer peer() {
        return peer;
    }

    @State(Scope.Thread)
    public static class TroubledCaller {
        final Request request = Request.thatFailsFirst();
    }
}
