package io.github.resiliencestarter.benchmarks.report;

import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_LATER_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_LATER_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_LATER_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.ANNOTATIONS_TRACELESS;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_LATER_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_LATER_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_LATER_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_METERED;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_PROXIED_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_PROXIED_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.BY_HAND_PROXIED_METERED;
import static io.github.resiliencestarter.benchmarks.peer.Peer.FAILSAFE_TIMED;
import static io.github.resiliencestarter.benchmarks.peer.Peer.FAILSAFE_TIMEOUT_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.HAND_OFF;
import static io.github.resiliencestarter.benchmarks.peer.Peer.OURS_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.OURS_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.OURS_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.OURS_LATER_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.OURS_LATER_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.OURS_LATER_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.PROGRAM_ALONE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.PROGRAM_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.PROGRAM_HOST;
import static io.github.resiliencestarter.benchmarks.peer.Peer.PROGRAM_LATER_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.TIMED_BARE;
import static io.github.resiliencestarter.benchmarks.peer.Peer.TIMED_HOST;
import static io.github.resiliencestarter.benchmarks.report.Figure.bytes;
import static io.github.resiliencestarter.benchmarks.report.Figure.ratio;
import static io.github.resiliencestarter.benchmarks.report.Target.atLeast;
import static io.github.resiliencestarter.benchmarks.report.Target.atMost;
import static io.github.resiliencestarter.benchmarks.report.Target.none;

import io.github.resiliencestarter.benchmarks.FailThenSucceed;
import io.github.resiliencestarter.benchmarks.OpenCircuit;
import io.github.resiliencestarter.benchmarks.OpenCircuitLater;
import io.github.resiliencestarter.benchmarks.Success;
import io.github.resiliencestarter.benchmarks.SuccessInTime;
import io.github.resiliencestarter.benchmarks.SuccessLater;
import java.util.List;

/** All that ours promises, and the ratios beside it. Like is compared with like: bare with bare, host with host. */
final class Targets {

    private Targets() {}

    static List<Target> all() {
        return List.of(
                atMost(1.2, "success, alone: ours / by hand", ratio(Success.class, OURS_ALONE, BY_HAND_ALONE)),
                atMost(1.2, "success, bare: ours / by hand", ratio(Success.class, OURS_BARE, BY_HAND_BARE)),
                atMost(1.2, "success, host: ours / by hand", ratio(Success.class, OURS_HOST, BY_HAND_HOST)),
                none(
                        "success, host: ours / by hand with a timer, as ours has",
                        ratio(Success.class, OURS_HOST, BY_HAND_METERED)),
                none(
                        "success, alone: ours / by hand in a proxy",
                        ratio(Success.class, OURS_ALONE, BY_HAND_PROXIED_ALONE)),
                none("success, bare: ours / by hand in a proxy", ratio(Success.class, OURS_BARE, BY_HAND_PROXIED_BARE)),
                none(
                        "success, host: ours / by hand in a proxy, with a timer",
                        ratio(Success.class, OURS_HOST, BY_HAND_PROXIED_METERED)),
                none("success, alone: by program / by hand", ratio(Success.class, PROGRAM_ALONE, BY_HAND_ALONE)),
                none("success, bare: by program / by hand", ratio(Success.class, PROGRAM_BARE, BY_HAND_BARE)),
                none("success, host: by program / by hand", ratio(Success.class, PROGRAM_HOST, BY_HAND_HOST)),
                atLeast(8, "success, alone: annotations / ours", ratio(Success.class, ANNOTATIONS_ALONE, OURS_ALONE)),
                atLeast(8, "success, bare: annotations / ours", ratio(Success.class, ANNOTATIONS_BARE, OURS_BARE)),
                atLeast(8, "success, host: annotations / ours", ratio(Success.class, ANNOTATIONS_HOST, OURS_HOST)),
                atMost(400, "success, alone: bytes per call of ours", bytes(Success.class, OURS_ALONE)),
                atMost(400, "success, bare: bytes per call of ours", bytes(Success.class, OURS_BARE)),
                atMost(400, "success, host: bytes per call of ours", bytes(Success.class, OURS_HOST)),
                atLeast(10, "open, alone: annotations / ours", ratio(OpenCircuit.class, ANNOTATIONS_ALONE, OURS_ALONE)),
                atLeast(10, "open, bare: annotations / ours", ratio(OpenCircuit.class, ANNOTATIONS_BARE, OURS_BARE)),
                atLeast(10, "open, host: annotations / ours", ratio(OpenCircuit.class, ANNOTATIONS_HOST, OURS_HOST)),
                none(
                        "open, bare: annotations without stack traces / ours",
                        ratio(OpenCircuit.class, ANNOTATIONS_TRACELESS, OURS_BARE)),
                none("open, bare: ours / by hand", ratio(OpenCircuit.class, OURS_BARE, BY_HAND_BARE)),
                none("one retry, bare: ours / by hand", ratio(FailThenSucceed.class, OURS_BARE, BY_HAND_BARE)),
                none("one retry, host: ours / by hand", ratio(FailThenSucceed.class, OURS_HOST, BY_HAND_HOST)),
                none("one retry, bare: annotations / ours", ratio(FailThenSucceed.class, ANNOTATIONS_BARE, OURS_BARE)),
                atMost(1, "timeout, bare: ours / Failsafe", ratio(SuccessInTime.class, TIMED_BARE, FAILSAFE_TIMED)),
                atMost(1, "timeout, host: ours / Failsafe", ratio(SuccessInTime.class, TIMED_HOST, FAILSAFE_TIMED)),
                none(
                        "timeout, bare: ours with all its strategies / Failsafe's timeout alone",
                        ratio(SuccessInTime.class, TIMED_BARE, FAILSAFE_TIMEOUT_ALONE)),
                none("timeout, bare: hand-off / ours", ratio(SuccessInTime.class, HAND_OFF, TIMED_BARE)),
                atLeast(
                        5,
                        "future, success, alone: annotations / ours",
                        ratio(SuccessLater.class, ANNOTATIONS_LATER_ALONE, OURS_LATER_ALONE)),
                atLeast(
                        5,
                        "future, success, bare: annotations / ours",
                        ratio(SuccessLater.class, ANNOTATIONS_LATER_BARE, OURS_LATER_BARE)),
                atLeast(
                        5,
                        "future, success, host: annotations / ours",
                        ratio(SuccessLater.class, ANNOTATIONS_LATER_HOST, OURS_LATER_HOST)),
                none(
                        "future, success, alone: ours / by hand",
                        ratio(SuccessLater.class, OURS_LATER_ALONE, BY_HAND_LATER_ALONE)),
                none(
                        "future, success, bare: ours / by hand",
                        ratio(SuccessLater.class, OURS_LATER_BARE, BY_HAND_LATER_BARE)),
                none(
                        "future, success, host: ours / by hand",
                        ratio(SuccessLater.class, OURS_LATER_HOST, BY_HAND_LATER_HOST)),
                atLeast(
                        5,
                        "future, open, alone: annotations / ours",
                        ratio(OpenCircuitLater.class, ANNOTATIONS_LATER_ALONE, OURS_LATER_ALONE)),
                atLeast(
                        5,
                        "future, open, bare: annotations / ours",
                        ratio(OpenCircuitLater.class, ANNOTATIONS_LATER_BARE, OURS_LATER_BARE)),
                atLeast(
                        5,
                        "future, open, host: annotations / ours",
                        ratio(OpenCircuitLater.class, ANNOTATIONS_LATER_HOST, OURS_LATER_HOST)),
                none(
                        "future, open, alone: ours / by hand",
                        ratio(OpenCircuitLater.class, OURS_LATER_ALONE, BY_HAND_LATER_ALONE)),
                none(
                        "future, open, bare: ours / by hand",
                        ratio(OpenCircuitLater.class, OURS_LATER_BARE, BY_HAND_LATER_BARE)),
                none(
                        "future, open, host: ours / by hand",
                        ratio(OpenCircuitLater.class, OURS_LATER_HOST, BY_HAND_LATER_HOST)),
                none(
                        "future, success, bare: by program / by hand",
                        ratio(SuccessLater.class, PROGRAM_LATER_BARE, BY_HAND_LATER_BARE)));
    }
}
