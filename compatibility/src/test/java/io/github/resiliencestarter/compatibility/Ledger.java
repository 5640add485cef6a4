package io.github.resiliencestarter.compatibility;

import io.github.resiliencestarter.ResilientCall;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes a row in each attempt; the first attempts fail after that. */
public class Ledger {

    private final JdbcTemplate jdbc;
    private final List<Boolean> inTransaction = new ArrayList<>();

    Ledger(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("create table entry (attempt int)");
    }

    @ResilientCall(name = "ledger", idempotent = true)
    @Transactional
    public void write(int failures) {
        inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
        jdbc.update("insert into entry values (?)", inTransaction.size());
        if (inTransaction.size() <= failures) {
            throw new IllegalStateException("attempt " + inTransaction.size());
        }
    }

    public List<Integer> entries() {
        return jdbc.queryForList("select attempt from entry", Integer.class);
    }

    /** For each attempt, whether it had a transaction. */
    public List<Boolean> inTransaction() {
        return inTransaction;
    }
}
