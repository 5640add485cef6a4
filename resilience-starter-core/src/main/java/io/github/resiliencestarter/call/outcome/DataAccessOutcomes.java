package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Spring's exceptions of data access and transactions. Those that only say that a resource failed are not in here: their cause
 * says how.
 */
public final class DataAccessOutcomes implements CatalogueClassifier {

    private static final TypeNames NO_CONNECTION =
            TypeNames.of("org.springframework.jdbc.CannotGetJdbcConnectionException");

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (failure instanceof CannotCreateTransactionException || NO_CONNECTION.include(failure)) {
            return Verdict.neverSent();
        }
        if (failure instanceof ConcurrencyFailureException) {
            return Verdict.notNow();
        }
        boolean refused = failure instanceof DataIntegrityViolationException
                || failure instanceof InvalidDataAccessResourceUsageException
                || failure instanceof DataRetrievalFailureException
                || failure instanceof PermissionDeniedDataAccessException;
        return refused ? Verdict.rejected() : null;
    }
}
