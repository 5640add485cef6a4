package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Letters in the table {@code resilience_dead_letter} of H2, PostgreSQL, MariaDB or MySQL. Each operation is a transaction of its
 * own, on a connection of its own, whatever transaction the caller has: when it returns, it has happened, and when it throws, nothing of it has, unless
 * the connection broke while the database was confirming it. Leases go by the clock of the database, of which all instances of a
 * service have the same. Times are kept to the microsecond. Thread-safe.
 *
 * <p>What the database cannot do throws a {@link org.springframework.dao.DataAccessException} or a {@link
 * org.springframework.transaction.TransactionException}.
 */
public final class JdbcDeadLetterStore implements DeadLetterStore {

    static final String TABLE = "resilience_dead_letter";
    static final String RELEASED = "owner = null, leased_until = null, changed_at = :now";

    private final LetterIntake intake;
    private final LetterQueries queries;
    private final LetterClaims claims;
    private final LetterActions actions;

    /** @throws io.github.resiliencestarter.ResilienceConfigurationException if it is another database */
    public JdbcDeadLetterStore(DataSource source) {
        Database database = new Database(source);
        LetterRows rows = new LetterRows(database);
        this.intake = new LetterIntake(database, rows);
        this.queries = new LetterQueries(database, rows);
        this.claims = new LetterClaims(database, rows);
        this.actions = new LetterActions(database);
    }

    @Override
    public Parked park(DeadLetter letter) {
        return intake.park(letter);
    }

    @Override
    public void settle(DeadLetter letter, String note) {
        intake.settle(letter, note);
    }

    @Override
    public Optional<ParkedLetter> find(String id) {
        return queries.find(id);
    }

    @Override
    public List<ParkedLetter> find(LetterFilter filter, @Nullable String after, int limit) {
        return queries.find(filter, after, limit);
    }

    @Override
    public long count(LetterFilter filter) {
        return queries.count(filter);
    }

    @Override
    public Optional<Instant> oldestOpen(LetterFilter filter) {
        return queries.oldestOpen(filter);
    }

    @Override
    public List<LetterGroup> groups(LetterFilter filter) {
        return queries.groups(filter);
    }

    @Override
    public List<ParkedLetter> claim(LetterFilter filter, String owner, Duration lease, int limit) {
        return claims.claim(filter, owner, lease, limit);
    }

    @Override
    public Optional<ParkedLetter> claim(String id, String owner, Duration lease) {
        return claims.claim(id, owner, lease);
    }

    @Override
    public boolean finish(String id, long token, LetterStatus status, @Nullable String note) {
        return claims.finish(id, token, status, note);
    }

    @Override
    public boolean replayed(String id, long token, String replayId) {
        return claims.replayed(id, token, replayId);
    }

    @Override
    public boolean resolve(String id, int replayCount, @Nullable String replayId) {
        return intake.resolve(id, replayCount, replayId);
    }

    @Override
    public boolean edit(String id, byte @Nullable [] payload, String by, String reason) {
        return actions.edit(id, payload, by, reason);
    }

    @Override
    public boolean discard(String id, String by, String reason) {
        return actions.discard(id, by, reason);
    }

    @Override
    public boolean reopen(String id, String by, String reason) {
        return actions.reopen(id, by, reason);
    }

    @Override
    public List<LetterAction> actions(String id) {
        return actions.of(id);
    }

    @Override
    public long forget(Duration olderThan) {
        return intake.forget(olderThan);
    }
}
