package io.github.resiliencestarter.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that did less than the others would win for the wrong reason. */
class PeerTests {

    private static final Set<Peer> WITHOUT_RETRY =
            EnumSet.of(Peer.DIRECT, Peer.DIRECT_LATER, Peer.EMPTY_PROXY, Peer.FAILSAFE_TIMEOUT_ALONE, Peer.HAND_OFF);

    @ParameterizedTest
    @EnumSource
    void everyPeerProtectsTheRemoteInTheSameWay(Peer peer) throws Exception {
        try (Subject subject = peer.open()) {
            aCallThatSucceedsTakesOneAttempt(subject.protection());
            if (!WITHOUT_RETRY.contains(peer)) {
                aCallThatFailsFirstSucceedsWithItsSecondAttempt(subject.protection());
                if (peer != Peer.SPRING_RETRY) {
                    anOpenCircuitAnswersWithTheFallback(subject);
                }
            }
        }
    }

    private static void aCallThatSucceedsTakesOneAttempt(Protection protection) throws Exception {
        Request request = Request.thatSucceeds();
        assertThat(protection.call(request)).isEqualTo(Request.ANSWER);
        assertThat(request.attempts()).isEqualTo(1);
    }

    private static void aCallThatFailsFirstSucceedsWithItsSecondAttempt(Protection protection) throws Exception {
        Request request = Request.thatFailsFirst();
        for (int call = 1; call <= 100; call++) {
            assertThat(protection.call(request)).isEqualTo(Request.ANSWER);
            assertThat(request.attempts()).isEqualTo(2 * call);
        }
    }

    private static void anOpenCircuitAnswersWithTheFallback(Subject subject) throws Exception {
        Request request = Request.thatSucceeds();
        subject.openCircuit();
        assertThat(subject.protection().call(request)).isEqualTo(Remote.FALLBACK);
        assertThat(request.attempts()).isZero();
    }
}
