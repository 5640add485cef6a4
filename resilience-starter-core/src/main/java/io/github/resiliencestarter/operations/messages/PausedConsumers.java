package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which listeners of this instance are paused by us now. Thread-safe. */
public final class PausedConsumers implements MessageObserver {

    private record Key(String listener, String source, Pause.Reason reason) {
        static Key of(Pause pause) {
            return new Key(pause.listener(), pause.source(), pause.reason());
        }
    }

    private final ConcurrentMap<Key, Pause> pauses = new ConcurrentHashMap<>();

    @Override
    public void paused(Pause pause) {
        pauses.put(Key.of(pause), pause);
    }

    @Override
    public void resumed(Pause pause) {
        pauses.remove(Key.of(pause));
    }

    /** The oldest first. */
    public List<Pause> now() {
        return pauses.values().stream()
                .sorted(Comparator.comparing(Pause::since).thenComparing(Pause::listener))
                .toList();
    }

    long count(String listener, Pause.Reason reason) {
        return pauses.keySet().stream()
                .filter(key -> key.reason() == reason && key.listener().equals(listener))
                .count();
    }
}
