package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.rabbit.deadletter.CompanionQueue.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which queues one needs beside it, and with which arguments. Immutable.
 *
 * @param type {@code quorum} or {@code classic}
 * @param parking whether letters are parked, so that there must be a place for those that cannot be
 */
record CompanionPlan(DeadLetterNames names, String type, boolean parking) {

    private static final String QUORUM = "quorum";
    /** Since this version a quorum queue drops what has been delivered 20 times, unless it is told not to. */
    private static final int WITH_DELIVERY_LIMIT = 4;

    /** @param version of the broker, its first number */
    List<CompanionQueue> of(SourceQueue queue, int version) {
        List<CompanionQueue> companions = new ArrayList<>();
        companions.add(of(names.of(queue.name()), queue, Purpose.DEAD_LETTERS, keeping(version)));
        for (Duration delay : queue.delays()) {
            companions.add(of(names.delayed(queue.name(), delay), queue, Purpose.DELAY, waiting(queue, delay)));
        }
        if (parking) {
            companions.add(of(names.parking(queue.name()), queue, Purpose.PARKING, keeping(version)));
        }
        return companions;
    }

    private static CompanionQueue of(String name, SourceQueue source, Purpose purpose, Map<String, Object> arguments) {
        return new CompanionQueue(name, source.name(), purpose, arguments);
    }

    /** A letter that comes again because the store is down, or the instance dies, is no poison. */
    private Map<String, Object> keeping(int version) {
        return type.equals(QUORUM) && version >= WITH_DELIVERY_LIMIT
                ? Map.of(KnownQueue.TYPE, type, KnownQueue.DELIVERY_LIMIT, -1L)
                : Map.of(KnownQueue.TYPE, type);
    }

    private Map<String, Object> waiting(SourceQueue queue, Duration delay) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put(KnownQueue.TYPE, type);
        arguments.put(KnownQueue.MESSAGE_TTL, delay.toMillis());
        arguments.put(KnownQueue.DEAD_LETTER_EXCHANGE, "");
        arguments.put(KnownQueue.DEAD_LETTER_ROUTING_KEY, queue.name());
        if (type.equals(QUORUM)) {
            // The message leaves the delay queue when the source has confirmed it, and not before.
            arguments.put(KnownQueue.DEAD_LETTER_STRATEGY, "at-least-once");
            arguments.put(KnownQueue.OVERFLOW, "reject-publish");
        }
        return arguments;
    }
}
