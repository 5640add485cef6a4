package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.OutcomeClassifier;
import io.github.resiliencestarter.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

// tag::ledger[]
@Component
class LedgerOutcomes implements OutcomeClassifier {

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (failure instanceof LedgerException refused) {
            return switch (refused.code()) {
                case "NIGHTLY_CLOSING" -> Verdict.notNow(Duration.ofSeconds(20));
                case "ACCOUNT_LOCKED" -> Verdict.rejected();
                default -> null; // not known here: the cause is asked next, then the catalogue
            };
        }
        return null;
    }
}
// end::ledger[]

/** What the client of a ledger throws. */
class LedgerException extends RuntimeException {

    private final String code;

    LedgerException(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
