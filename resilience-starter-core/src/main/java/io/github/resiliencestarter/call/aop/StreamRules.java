package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.AsyncAdapter;
import io.github.resiliencestarter.call.plan.Findings;

/** What cannot be done to a method whose caller sees elements before the call has ended. */
final class StreamRules {

    private StreamRules() {}

    static void check(ProtectedMethod method, Findings findings) {
        AsyncAdapter async = method.async();
        if (async != null && async.isStream() && method.pipeline().plan().has(Strategy.HEDGE)) {
            findings.error(
                    Signatures.of(method.type(), method.method()),
                    "hedge cannot race attempts whose elements the caller sees as they come",
                    "Give the method a call name of its own, or set hedge.enabled: false for this call");
        }
    }
}
