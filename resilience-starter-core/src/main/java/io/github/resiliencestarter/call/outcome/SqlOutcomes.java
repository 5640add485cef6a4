package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.Verdict;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JDBC: by the state first, for not every driver uses the types, then by the type, for not every exception has a state. */
public final class SqlOutcomes implements CatalogueClassifier {

    /** States of a connection that was lost in use. */
    private static final Set<String> LOST = Set.of("08003", "08006", "08007", "08S01", "25S03");

    /** What HikariCP says when no connection became free; it takes the state from the last failure to make one. */
    private static final String POOL_EXHAUSTED = "Connection is not available, request timed out after";

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return null;
        }
        if (failure instanceof SQLTransientConnectionException) {
            return isLostInUse(sql) ? null : Verdict.neverSent();
        }
        Verdict byState = SqlStates.of(sql);
        return byState != null ? byState : byType(sql);
    }

    private static boolean isLostInUse(SQLException failure) {
        String message = failure.getMessage();
        boolean exhausted = message != null && message.contains(POOL_EXHAUSTED);
        return !exhausted && failure.getSQLState() != null && LOST.contains(failure.getSQLState());
    }

    private static @Nullable Verdict byType(SQLException failure) {
        if (failure instanceof SQLTransactionRollbackException) {
            return Verdict.notNow();
        }
        boolean refused = failure instanceof SQLIntegrityConstraintViolationException
                || failure instanceof SQLSyntaxErrorException
                || failure instanceof SQLDataException
                || failure instanceof SQLFeatureNotSupportedException
                || failure instanceof SQLInvalidAuthorizationSpecException;
        return refused ? Verdict.rejected() : null;
    }
}
