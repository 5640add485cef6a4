package io.github.resiliencestarter.messaging.circuit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a message has failed without anybody blaming it. Otherwise one that breaks what it touches would be taken for an outage
 * for ever. Belongs to its gate, under its lock.
 */
final class Excuses {

    /** Only what failed behind an open circuit is here, one message at a time; the oldest of so many is history. */
    private static final int MOST = 1_000;

    private final int limit;
    private final Map<Object, Integer> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Integer> eldest) {
            return size() > MOST;
        }
    };

    Excuses(int limit) {
        this.limit = limit;
    }

    /** Makes one more for this message, if there is one left. */
    boolean make(Object message) {
        int before = made.getOrDefault(message, 0);
        if (before < limit) {
            made.put(message, before + 1);
            return true;
        }
        return false;
    }

    void forget(Object message) {
        made.remove(message);
    }
}
