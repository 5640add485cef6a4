package io.github.resiliencestarter.call.plan;

import java.util.List;
import java.util.Objects;

/** Exception lists hold exceptions, and no two of them want the opposite for the same class. */
final class ExceptionListRule implements PlanRule {

    private static final List<String> LISTS = List.of(
            "retry.retry-exceptions",
            "retry.ignore-exceptions",
            "circuit-breaker.record-exceptions",
            "circuit-breaker.ignore-exceptions",
            "business-exceptions");

    @Override
    public void check(CallPlan plan, Findings findings) {
        LISTS.forEach(key -> holdsExceptions(plan, key, findings));
        PlanValue wrapper = plan.value("fallback.wrap-with");
        if (wrapper != null && !Throwable.class.isAssignableFrom((Class<?>) wrapper.value())) {
            findings.error(
                    wrapper.origin(),
                    Text.of(wrapper.value()) + " is not an exception",
                    "Name a subclass of Exception");
        }
        contradict(plan, "retry.retry-exceptions", "retry.ignore-exceptions", findings);
        contradict(plan, "retry.retry-exceptions", "business-exceptions", findings);
        contradict(plan, "circuit-breaker.record-exceptions", "circuit-breaker.ignore-exceptions", findings);
        contradict(plan, "circuit-breaker.record-exceptions", "business-exceptions", findings);
    }

    private static void holdsExceptions(CallPlan plan, String key, Findings findings) {
        for (Object type : plan.get(key, List.class)) {
            if (!Throwable.class.isAssignableFrom((Class<?>) type)) {
                findings.error(
                        originOf(plan, key), Text.of(type) + " is not an exception", "List exception classes only");
            }
        }
    }

    private static void contradict(CallPlan plan, String wanted, String unwanted, Findings findings) {
        for (Object type : plan.get(wanted, List.class)) {
            if (plan.get(unwanted, List.class).contains(type)) {
                findings.error(
                        originOf(plan, wanted),
                        Text.of(type) + " is listed here and in " + originOf(plan, unwanted),
                        "Remove it from one of the two");
            }
        }
    }

    private static String originOf(CallPlan plan, String key) {
        return Objects.requireNonNull(plan.value(key)).origin();
    }
}
