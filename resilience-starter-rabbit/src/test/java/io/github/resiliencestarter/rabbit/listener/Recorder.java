package io.github.resiliencestarter.rabbit.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What a listener was called with, and what it does about it: as it is told for this value, or nothing. Thread-safe. */
public class Recorder {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer<Integer>> behaviour = new ConcurrentHashMap<>();

    /** @param action is given the number of the attempt */
    public Recorder on(String value, Consumer<Integer> action) {
        behaviour.put(value, action);
        return this;
    }

    public Recorder failAlways(String... values) {
        for (String value : values) {
            on(value, attempt -> {
                throw new IllegalStateException("poison " + value);
            });
        }
        return this;
    }

    public Recorder failUntil(int attempts, String... values) {
        for (String value : values) {
            on(value, attempt -> {
                if (attempt < attempts) {
                    throw new IllegalStateException(value + " failed in attempt " + attempt);
                }
            });
        }
        return this;
    }

    public void see(String value) {
        seen.add(value);
        behaviour.getOrDefault(value, any -> {}).accept(count(value));
    }

    public List<String> seen() {
        return seen;
    }

    public int count(String value) {
        return (int) seen.stream().filter(value::equals).count();
    }
}
