package io.github.resiliencestarter;

import org.jspecify.annotations.Nullable;

/**
 * Knows what the exceptions of some client say about the remote. A bean of this type is asked before the catalogue of this
 * library; several are asked in their order ({@code @Order}). Each is asked for the exception that an attempt threw, then for
 * its cause, and so on: the first verdict counts. Where nobody has one, the outcome is {@link CallOutcome#UNKNOWN}.
 *
 * <pre>{@code
 * @Bean
 * OutcomeClassifier ledgerOutcomes() {
 *     return failure -> failure instanceof LedgerClosedException ? Verdict.notNow() : null;
 * }
 * }</pre>
 *
 * <p>It is only asked when an attempt has failed, on the thread of the call, by several threads at the same time. One that
 * throws is taken for one that does not know.
 */
@FunctionalInterface
public interface OutcomeClassifier {

    /** @return null for an exception that it knows nothing about */
    @Nullable
    Verdict classify(Throwable failure);
}
