package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PlanValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether somebody has thought about what happens when a call is made twice, and whether all say the same. */
record IdempotencyRules(UndeclaredIdempotency undeclared) {

    void check(Collection<ProtectedMethod> methods, Findings findings) {
        Map<String, List<ProtectedMethod>> byCall = methods.stream()
                .collect(Collectors.groupingBy(ProtectedMethod::call, TreeMap::new, Collectors.toList()));
        byCall.values().forEach(sameCall -> check(sameCall.get(0).pipeline().plan(), sameCall, findings));
    }

    private void check(CallPlan plan, List<ProtectedMethod> methods, Findings findings) {
        PlanValue configured = plan.value("idempotent");
        List<ProtectedMethod> declared =
                methods.stream().filter(ProtectedMethod::isIdempotent).toList();
        if (configured == null && declared.isEmpty() && plan.has(Strategy.RETRY)) {
            report(plan, findings);
        }
        if (configured != null && Boolean.FALSE.equals(configured.value())) {
            declared.forEach(method -> contradiction(configured, method, findings));
        }
    }

    private void report(CallPlan plan, Findings findings) {
        String where = PlanResolver.propertyOf(plan.name()) + ".idempotent";
        String what = "nobody says whether the call may be made twice, so it is not tried again where the outcome of an"
                + " attempt is unknown (a timeout, a broken connection, a 500)";
        String remedy = "Where two attempts have the effect of one, write @ResilientCall(name = \"" + plan.name()
                + "\", idempotent = true) or set it to true; where they have not, set it to false";
        switch (undeclared) {
            case WARN -> findings.warn(where, what, remedy);
            case FAIL -> findings.error(where, what, remedy);
            case IGNORE -> {}
        }
    }

    private static void contradiction(PlanValue configured, ProtectedMethod method, Findings findings) {
        findings.warn(
                configured.origin(),
                "false wins over @ResilientCall(idempotent = true) of " + Signatures.of(method.type(), method.method()),
                "Remove one of the two: only you know whether the call may be made twice");
    }
}
