package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HostTest
class TransactionTests {

    @Autowired
    Ledger ledger;

    @Test
    void each_attempt_gets_a_transaction_of_its_own() {
        ledger.write(2);
        assertThat(ledger.inTransaction()).containsExactly(true, true, true);
        assertThat(ledger.entries()).containsExactly(3);
    }
}
