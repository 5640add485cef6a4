package io.github.resiliencestarter.messaging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fingerprints by what they are made of. Bounded: an application has few places that fail, and what comes when it is full is made
 * anew each time. Thread-safe.
 */
final class FingerprintCache {

    static final int MOST = 1_000;

    private record Cause(String exception, String frame) {}

    private final Map<Cause, Fingerprint> known = new ConcurrentHashMap<>();

    Fingerprint get(String exception, String frame) {
        Cause cause = new Cause(exception, frame);
        Fingerprint found = known.get(cause);
        return found == null ? add(cause) : found;
    }

    private Fingerprint add(Cause cause) {
        Fingerprint made = Fingerprint.of(cause.exception(), cause.frame());
        if (known.size() < MOST) {
            known.put(cause, made);
        }
        return made;
    }

    int size() {
        return known.size();
    }
}
