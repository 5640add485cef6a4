package io.github.resiliencestarter.call;

import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.LayerKind;
import io.github.resiliencestarter.call.plan.PlanValue;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * From a plan to resilience4j's config of a retry. Predicates and a wait function that only resilience4j's own YAML can name
 * are kept.
 */
final class RetryConfigs {

    private RetryConfigs() {}

    static RetryConfig of(CallPlan plan, RetryConfig base, Optional<RetryConfigCustomizer> customizer) {
        RetryConfig.Builder<Object> builder = RetryConfig.<Object>custom()
                .maxAttempts(plan.maxAttempts())
                .failAfterMaxAttempts(base.isFailAfterMaxAttempts())
                .retryOnException(predicate(plan, base));
        if (base.getResultPredicate() != null) {
            builder.retryOnResult(base.getResultPredicate());
        }
        if (base.getConsumeResultBeforeRetryAttempt() != null) {
            builder.consumeResultBeforeRetryAttempt(base.getConsumeResultBeforeRetryAttempt());
        }
        if (keepsWaitFunctionOf(plan, base)) {
            builder.intervalBiFunction(base.getIntervalBiFunction());
        } else {
            Backoff backoff = plan.backoff();
            builder.intervalBiFunction((attempt, outcome) -> backoff.millisAfter(attempt));
        }
        customizer.ifPresent(each -> each.customize(builder));
        return builder.build();
    }

    private static Predicate<Throwable> predicate(CallPlan plan, RetryConfig base) {
        Predicate<Throwable> ours = new RetryableExceptions(
                plan.exceptions("retry.retry-exceptions"),
                plan.exceptions("retry.ignore-exceptions"),
                plan.exceptions("business-exceptions"));
        return plan.isSetInResilience4j("retry.retry-exception-predicate")
                ? ours.or(base.getExceptionPredicate())
                : ours;
    }

    /** A wait function of the host's own stays, unless something nearer to the call says how long to wait. */
    private static boolean keepsWaitFunctionOf(CallPlan plan, RetryConfig base) {
        PlanValue delay = plan.value("retry.backoff.delay");
        boolean setNearer = delay != null && (delay.layer() == LayerKind.CALL || delay.layer() == LayerKind.BASED_ON);
        return plan.isSetInResilience4j("retry.interval-bi-function")
                && !setNearer
                && base.getIntervalBiFunction() != null;
    }
}
