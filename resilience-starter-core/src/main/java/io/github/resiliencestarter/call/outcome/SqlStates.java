package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.Verdict;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an SQLSTATE says: classes of the standard, and what the vendors have added. */
final class SqlStates {

    private static final int ORACLE_DEADLOCK = 60;

    private SqlStates() {}

    static @Nullable Verdict of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            return null;
        }
        return switch (state) {
            // the connection could not be made, or was refused
            case "08001", "08004" -> Verdict.neverSent();
            // too many connections, the server is starting up, a lock that is not waited for
            case "53300", "57P03", "55P03" -> Verdict.notNow();
            // a transaction that broke a constraint when it was to end
            case "40002" -> Verdict.rejected();
            // the completion of the statement is not known
            case "40003" -> Verdict.unknown();
            case "61000" -> failure.getErrorCode() == ORACLE_DEADLOCK ? Verdict.notNow() : null;
            default -> ofClass(state.substring(0, 2));
        };
    }

    private static @Nullable Verdict ofClass(String stateClass) {
        return switch (stateClass) {
            // rolled back: a deadlock, a serialization failure
            case "40" -> Verdict.notNow();
            // not supported, cardinality, data, constraint, privilege, syntax, check option
            case "0A", "21", "22", "23", "28", "42", "44" -> Verdict.rejected();
            default -> null;
        };
    }
}
