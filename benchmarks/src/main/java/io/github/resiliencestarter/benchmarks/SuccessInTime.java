package io.github.resiliencestarter.benchmarks;

import io.github.resiliencestarter.benchmarks.peer.Peer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The remote answers at the first attempt, long before the timeout of two seconds. */
public class SuccessInTime extends Scenario {

    @Param({
        "TIMED_BARE",
        "TIMED_HOST",
        "TIMED_PROGRAM_BARE",
        "TIMED_PROGRAM_HOST",
        "FAILSAFE_TIMED",
        "FAILSAFE_TIMEOUT_ALONE",
        "HAND_OFF"
    })
    Peer peer = Peer.HAND_OFF;

    @Benchmark
    public String call(Caller caller) throws Exception {
        return protection().call(caller.request);
    }

    @Override
    Peer peer() {
        return peer;
    }
}
