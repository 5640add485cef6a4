package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.call.Continuations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults that came with the request of this thread. They are looked up on it, and travel with an attempt or a call to others. */
final class RequestFaults {

    private final ThreadLocal<@Nullable Map<String, CallFault>> ofThread = new ThreadLocal<>();

    void begin(Map<String, CallFault> byCall) {
        ofThread.set(byCall);
    }

    void end() {
        ofThread.remove();
    }

    /** Later attempts of a call that answers later are asked for on other threads; null where the request has no faults. */
    Continuations.@Nullable Captured capture() {
        Map<String, CallFault> byCall = ofThread.get();
        return byCall == null ? null : task -> with(byCall, task);
    }

    private void with(Map<String, CallFault> byCall, Runnable task) {
        Map<String, CallFault> before = ofThread.get();
        ofThread.set(byCall);
        try {
            task.run();
        } finally {
            ofThread.set(before);
        }
    }

    @Nullable
    CallFault find(String call) {
        Map<String, CallFault> byCall = ofThread.get();
        return byCall == null ? null : byCall.get(call);
    }
}
