package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;

/** Whether a method that is hedged may be called twice. */
final class HedgedMethods {

    private HedgedMethods() {}

    static void check(ProtectedMethod method, Findings findings) {
        CallPlan plan = method.pipeline().plan();
        boolean unsaid = plan.idempotent() == null && !method.isIdempotent();
        if (plan.has(Strategy.HEDGE) && unsaid) {
            findings.error(
                    Signatures.of(method.type(), method.method()),
                    "a hedge calls the method twice, and nothing says that the effect is that of one call",
                    "Declare it, @ResilientCall(idempotent = true), if it is so; else give it a call name of its own"
                            + " without hedge");
        }
    }
}
