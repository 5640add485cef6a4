package io.github.resiliencestarter.test;

import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;

import io.github.resiliencestarter.test.fault.CallFaults;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** A single token, which whichever test comes first takes. */
@ResilienceTest(
        value = Storage.class,
        properties = {
            "resilience.calls.oracleStorage.retry-budget.ratio=0",
            "resilience.calls.oracleStorage.retry-budget.min-per-second=1",
            "resilience.calls.oracleStorage.retry-budget.window=1s"
        })
class WhatCallsLeaveBehindTests {

    @RepeatedTest(2)
    void each_test_finds_the_retry_budget_as_at_the_start(CallFaults faults, @Autowired Storage storage)
            throws Exception {
        faults.on("oracleStorage").failNext(1);
        assertThat(storage.upload("contents")).isEqualTo("stored");
        assertThat(call("oracleStorage")).hasRecovered(1);
    }
}
