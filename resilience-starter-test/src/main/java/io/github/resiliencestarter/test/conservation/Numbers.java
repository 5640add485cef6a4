package io.github.resiliencestarter.test.conservation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** Numbers of messages, with how often each of them was seen. Thread-safe. */
public final class Numbers {

    private final Map<Long, Integer> counts = new ConcurrentHashMap<>();

    public static Numbers of(long... numbers) {
        Numbers all = new Numbers();
        for (long number : numbers) {
            all.add(number);
        }
        return all;
    }

    /** One more message with this number has been seen. */
    public void add(long number) {
        counts.merge(number, 1, Integer::sum);
    }

    public boolean contains(long number) {
        return counts.containsKey(number);
    }

    /** How often the number was seen. */
    public int count(long number) {
        return counts.getOrDefault(number, 0);
    }

    /** How many different numbers there are. */
    public int size() {
        return counts.size();
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Each number once, in ascending order. */
    public LongStream stream() {
        return counts.keySet().stream().mapToLong(Long::longValue).sorted();
    }

    /** The numbers that were seen more than once. */
    public Numbers repeated() {
        return of(stream().filter(number -> count(number) > 1).toArray());
    }

    /** Such as {@code 3, 17-20, 400}. */
    @Override
    public String toString() {
        return Ranges.of(stream().toArray());
    }
}
