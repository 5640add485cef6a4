package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The memory of each method of one call: what one method answers says nothing about another one. Thread-safe. */
public final class AnswerMemories {

    private final CallPlan plan;
    private final CallClock clock;
    private final ConcurrentMap<Object, AnswerMemory> byOwner = new ConcurrentHashMap<>();

    AnswerMemories(CallPlan plan, CallClock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** @param owner the method, or whatever else tells answers apart for good */
    public AnswerMemory of(Object owner) {
        return byOwner.computeIfAbsent(owner, unused -> new AnswerMemory(plan, clock));
    }

    /** As if nothing had succeeded. */
    void forget() {
        byOwner.values().forEach(AnswerMemory::forget);
    }

    /** How many answers are kept, of all methods together. */
    public long size() {
        return byOwner.values().stream().mapToLong(AnswerMemory::size).sum();
    }
}
