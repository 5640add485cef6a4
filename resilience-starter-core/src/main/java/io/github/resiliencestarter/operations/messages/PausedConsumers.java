package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which listeners of this instance are paused by us now. Thread-safe. */
public final class PausedConsumers implements MessageObserver {

    private final Set<Pause> pauses = ConcurrentHashMap.newKeySet();

    @Override
    public void paused(Pause pause) {
        pauses.add(pause);
    }

    @Override
    public void resumed(Pause pause) {
        pauses.remove(pause);
    }

    /** The oldest first. */
    public List<Pause> now() {
        return pauses.stream()
                .sorted(Comparator.comparing(Pause::since).thenComparing(Pause::listener))
                .toList();
    }

    long count(String listener, Pause.Reason reason) {
        return pauses.stream()
                .filter(pause -> pause.reason() == reason && pause.listener().equals(listener))
                .count();
    }
}
