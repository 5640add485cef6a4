package io.github.resiliencestarter.test.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults that came with the request of this thread. They are looked up on it, and travel with an attempt to a worker. */
final class RequestFaults {

    private final ThreadLocal<@Nullable Map<String, CallFault>> ofThread = new ThreadLocal<>();

    void begin(Map<String, CallFault> byCall) {
        ofThread.set(byCall);
    }

    void end() {
        ofThread.remove();
    }

    @Nullable
    CallFault find(String call) {
        Map<String, CallFault> byCall = ofThread.get();
        return byCall == null ? null : byCall.get(call);
    }
}
