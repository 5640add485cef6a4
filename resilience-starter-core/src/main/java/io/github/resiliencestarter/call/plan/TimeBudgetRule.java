package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.Strategy;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The attempts and the back-off fit into the total, so that every retry can be reached. */
final class TimeBudgetRule implements PlanRule {

    @Override
    public void check(CallPlan plan, Findings findings) {
        PlanValue total = plan.value("timeout.total");
        PlanValue perAttempt = plan.value("timeout.per-attempt");
        if (plan.runsOnWorker() && total == null && perAttempt == null && !plan.adaptsTimeout()) {
            findings.error(
                    Objects.requireNonNull(plan.value("timeout.runs-on")).origin(),
                    "worker has no effect without a timeout",
                    "Set timeout.per-attempt or timeout.total, or remove it");
        }
        waitsAreShorter(plan, total, findings);
        slowAttemptsCanBeSeen(plan, perAttempt, findings);
        if (total == null || perAttempt == null || !positive(total) || !positive(perAttempt)) {
            return;
        }
        if (plan.perAttemptNanos() > plan.totalNanos()) {
            findings.error(
                    perAttempt.origin(),
                    Text.of(perAttempt.value()) + " is longer than timeout.total, " + Text.of(total.value()),
                    "Lower per-attempt or raise total");
        } else if (plan.has(Strategy.RETRY) && !plan.borrows("retry")) {
            retriesFit(plan, total, findings);
        }
    }

    /** Waits that come before or between the attempts, and can be longer than the whole call is meant to take. */
    private static void waitsAreShorter(CallPlan plan, @Nullable PlanValue total, Findings findings) {
        if (total == null) {
            return;
        }
        PlanValue forPermit = plan.value("rate-limiter.timeout-duration");
        if (forPermit != null && isIn(plan, Strategy.RATE_LIMITER, "rate-limiter") && forPermit.isAtLeast(total)) {
            findings.warn(
                    forPermit.origin(),
                    "waiting up to " + Text.of(forPermit.value()) + " for a permit can use up timeout.total, "
                            + Text.of(total.value()),
                    "Lower rate-limiter.timeout-duration or raise timeout.total");
        }
        PlanValue forSlot = plan.value("bulkhead.max-wait-duration");
        if (forSlot != null && isIn(plan, Strategy.BULKHEAD, "bulkhead") && forSlot.isAtLeast(total)) {
            findings.warn(
                    forSlot.origin(),
                    "waiting up to " + Text.of(forSlot.value()) + " for a slot comes before timeout.total, "
                            + Text.of(total.value()) + ", starts to count",
                    "Lower bulkhead.max-wait-duration: callers wait for both");
        }
    }

    private static boolean isIn(CallPlan plan, Strategy strategy, String pattern) {
        return plan.has(strategy) && !plan.borrows(pattern);
    }

    /** An attempt that would be slow has timed out before. */
    private static void slowAttemptsCanBeSeen(CallPlan plan, @Nullable PlanValue perAttempt, Findings findings) {
        PlanValue slow = plan.value("circuit-breaker.slow-call-duration-threshold");
        if (slow == null || slow.isBuiltIn() || perAttempt == null || plan.timeoutMultiplier() != 1.0) {
            return;
        }
        if (isIn(plan, Strategy.CIRCUIT_BREAKER, "circuit-breaker") && slow.isLongerThan(perAttempt)) {
            findings.warn(
                    slow.origin(),
                    "no attempt is ever slower than " + Text.of(slow.value())
                            + ", for timeout.per-attempt ends it after " + Text.of(perAttempt.value()),
                    "Lower it below timeout.per-attempt, or remove it: a timeout counts as a failure anyway");
        }
    }

    private static boolean positive(PlanValue value) {
        return !((Duration) value.value()).isNegative() && !((Duration) value.value()).isZero();
    }

    private static void retriesFit(CallPlan plan, PlanValue total, Findings findings) {
        int attempts = plan.maxAttempts();
        long totalMillis = plan.totalNanos() / 1_000_000;
        long lastStart = attemptMillis(plan, attempts - 1) + plan.backoff().shortestMillisAfter(attempts - 1);
        long worst = attemptMillis(plan, attempts) + plan.backoff().longestMillisAfter(attempts - 1);
        if (lastStart >= totalMillis) {
            findings.warn(
                    total.origin(),
                    Text.of(total.value()) + " is over before attempt " + attempts + " of " + attempts
                            + " can start when the earlier ones time out: that takes " + lastStart + "ms",
                    "Raise total, or lower retry.max-attempts or timeout.per-attempt");
        } else if (worst > totalMillis) {
            findings.warn(
                    total.origin(),
                    Text.of(total.value()) + " cuts the last attempt short when all time out: " + attempts
                            + " attempts and their back-off can take " + worst + "ms",
                    "Raise total to " + worst + "ms, or lower retry.max-attempts or timeout.per-attempt");
        }
    }

    private static long attemptMillis(CallPlan plan, int attempts) {
        double sum = 0;
        for (int i = 0; i < attempts; i++) {
            sum += plan.perAttemptNanos() / 1e6 * Math.pow(plan.timeoutMultiplier(), i);
        }
        return (long) sum;
    }
}
