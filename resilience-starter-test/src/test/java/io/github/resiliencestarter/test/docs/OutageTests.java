package io.github.resiliencestarter.test.docs;

import static io.github.resiliencestarter.Strategy.CIRCUIT_BREAKER;
import static io.github.resiliencestarter.Strategy.FALLBACK;
import static io.github.resiliencestarter.Strategy.RETRY;
// tag::imports[]
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;
// end::imports[]
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.operations.CallFellBack;
import io.github.resiliencestarter.operations.CallRetried;
import io.github.resiliencestarter.test.ResilienceTest;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

// tag::outage[]
@ResilienceTest(OracleStorage.class)
class OutageTests {

    @Autowired
    OracleStorage storage;

    @Test
    void an_outage_is_survived_and_ends_by_itself(CallFaults faults, VirtualTime time) throws Exception {
        faults.on("oracleStorage").failRate(1);
        for (int i = 0; i < 10; i++) {
            assertThat(storage.upload("invoice")).isEqualTo("kept for later");
        }
        assertThat(call("oracleStorage")).isOpen().hasAttempted(30).hasFallenBack(10);

        faults.heal();
        time.advance(ofSeconds(30));
        assertThat(call("oracleStorage")).isHalfOpen();
        assertThat(storage.upload("invoice")).isEqualTo("stored");
    }
}
// end::outage[]

@ResilienceTest(
        value = OracleStorage.class,
        properties = {
            "resilience.calls.oracleStorage.timeout.per-attempt=2s",
            "resilience.calls.oracleStorage.retry.backoff.jitter=0"
        })
class FaultExamplesTests {

    @Autowired
    OracleStorage storage;

    @Test
    void every_fault(CallFaults faults) {
        // tag::faults[]
        faults.on("oracleStorage").failNext(3, IOException.class); // then it is well again
        faults.on("oracleStorage").failRate(0.4); // drawn from a seed, the same in each run
        faults.on("oracleStorage").slow(ofSeconds(2)); // by virtual time, if there is one
        faults.on("oracleStorage").hang(); // until the timeout, or until healed
        faults.heal(); // all calls; done before each test
        // end::faults[]
        assertThat(call("oracleStorage")).hasAttempted(0);
    }

    @Test
    void what_can_be_said_of_a_call(CallFaults faults) throws Exception {
        faults.on("oracleStorage").hang();
        storage.upload("invoice");
        // tag::assertions[]
        assertThat(call("oracleStorage"))
                .isClosed()
                .isOrdered(FALLBACK, CIRCUIT_BREAKER, RETRY)
                .hasSetting("timeout.per-attempt", ofSeconds(2))
                .hasAttempted(3)
                .hasWaited(ofMillis(200), ofMillis(400))
                .hasLastFailedWith(AttemptTimeoutException.class)
                .hasPublished(CallRetried.class, CallRetried.class, CallFellBack.class)
                .hasMeasured("resilience.call", 1, "outcome", "fallback");
        // end::assertions[]
    }
}
