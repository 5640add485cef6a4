package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import io.github.resiliencestarter.benchmarks.peer.Subject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The circuit is open and the fallback answers: what a service does all day while its remote is down. */
public class OpenCircuit extends Scenario {

    @Param({
        "BY_HAND_ALONE",
        "BY_HAND_BARE",
        "BY_HAND_HOST",
        "OURS_ALONE",
        "OURS_BARE",
        "OURS_HOST",
        "PROGRAM_BARE",
        "ANNOTATIONS_ALONE",
        "ANNOTATIONS_BARE",
        "ANNOTATIONS_HOST",
        "ANNOTATIONS_TRACELESS",
        "FAILSAFE"
    })
    Peer peer = Peer.BY_HAND_ALONE;

    @Benchmark
    public String call(Caller caller) throws Exception {
        return protection().call(caller.request);
    }

    @Override
    Peer peer() {
        return peer;
    }

    @Override
    void prepare(Subject subject) {
        subject.openCircuit();
    }
}
