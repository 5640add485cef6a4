package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.LayerKind;
import io.github.resiliencestarter.call.plan.PlanValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * From a plan to resilience4j's config of a circuit breaker. What resilience4j's own YAML says is in the base already, with
 * everything that only it knows (predicates, wait functions, initial state), and is left as it is.
 */
final class CircuitBreakerConfigs {

    private static final Predicate<Throwable> TIMED_OUT = AttemptTimeoutException.class::isInstance;

    private final CallPlan plan;

    private CircuitBreakerConfigs(CallPlan plan) {
        this.plan = plan;
    }

    static CircuitBreakerConfig of(
            CallPlan plan, CircuitBreakerConfig base, Optional<CircuitBreakerConfigCustomizer> customizer) {
        CircuitBreakerConfig.Builder builder = CircuitBreakerConfig.from(base);
        new CircuitBreakerConfigs(plan).refine(builder, base);
        customizer.ifPresent(each -> each.customize(builder));
        return builder.build();
    }

    private void refine(CircuitBreakerConfig.Builder builder, CircuitBreakerConfig base) {
        set("sliding-window-type", SlidingWindowType.class, builder::slidingWindowType);
        set("sliding-window-size", Integer.class, builder::slidingWindowSize);
        set("minimum-number-of-calls", Integer.class, builder::minimumNumberOfCalls);
        set("failure-rate-threshold", Float.class, builder::failureRateThreshold);
        set("slow-call-duration-threshold", Duration.class, builder::slowCallDurationThreshold);
        set("slow-call-rate-threshold", Float.class, builder::slowCallRateThreshold);
        set("wait-duration-in-open-state", Duration.class, builder::waitDurationInOpenState);
        set(
                "permitted-number-of-calls-in-half-open-state",
                Integer.class,
                builder::permittedNumberOfCallsInHalfOpenState);
        set(
                "automatic-transition-from-open-to-half-open-enabled",
                Boolean.class,
                builder::automaticTransitionFromOpenToHalfOpenEnabled);
        // A list joins the predicate of the base, so that has to go. A timeout always counts: nobody lists it, and a
        // remote
        // that hangs would otherwise count as a success.
        if (setExceptions("record-exceptions", builder::recordExceptions)) {
            builder.recordException(TIMED_OUT);
        } else {
            builder.recordException(TIMED_OUT.or(base.getRecordExceptionPredicate()));
        }
        if (setExceptions("ignore-exceptions", builder::ignoreExceptions)) {
            builder.ignoreException(null);
        }
        if (!plan.isSetInResilience4j("circuit-breaker.writable-stack-trace-enabled")) {
            // A rejection needs no stack trace: it names the breaker, and there are thousands of them in an outage.
            builder.writableStackTraceEnabled(false);
        }
    }

    private <T> void set(String key, Class<T> type, Consumer<T> setter) {
        PlanValue value = plan.value("circuit-breaker." + key);
        if (value != null && value.layer() != LayerKind.RESILIENCE4J) {
            setter.accept(type.cast(value.value()));
        }
    }

    private boolean setExceptions(String key, Consumer<Class<? extends Throwable>[]> setter) {
        PlanValue value = plan.value("circuit-breaker." + key);
        boolean set = value != null && value.layer() != LayerKind.RESILIENCE4J && value.layer() != LayerKind.BUILT_IN;
        if (set) {
            List<Class<? extends Throwable>> types = plan.exceptions("circuit-breaker." + key);
            setter.accept(toArray(types));
        }
        return set;
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static Class<? extends Throwable>[] toArray(List<Class<? extends Throwable>> types) {
        return types.toArray(Class[]::new);
    }
}
