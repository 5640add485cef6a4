package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The remote answers at the first attempt: nearly every call of a healthy service. */
public class Success extends Scenario {

    @Param({
        "DIRECT",
        "EMPTY_PROXY",
        "BY_HAND_ALONE",
        "BY_HAND_BARE",
        "BY_HAND_HOST",
        "BY_HAND_METERED",
        "BY_HAND_PROXIED_ALONE",
        "BY_HAND_PROXIED_BARE",
        "BY_HAND_PROXIED_METERED",
        "OURS_ALONE",
        "OURS_BARE",
        "OURS_HOST",
        "PROGRAM_ALONE",
        "PROGRAM_BARE",
        "PROGRAM_HOST",
        "ANNOTATIONS_ALONE",
        "ANNOTATIONS_BARE",
        "ANNOTATIONS_HOST",
        "SPRING_RETRY",
        "FAILSAFE"
    })
    Peer peer = Peer.DIRECT;

    @Benchmark
    public String call(Caller caller) throws Exception {
        return protection().call(caller.request);
    }

    @Override
    Peer peer() {
        return peer;
    }
}
