package io.github.resiliencestarter.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resiliencestarter.LastKnownGood;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The last success of one method for each of its keys, as long as it may answer. The only class that knows Caffeine, so that it
 * may be absent. Thread-safe.
 */
public final class AnswerMemory {

    /** Caffeine leaves the time of an entry that is written again within a second; the exact age is looked at here. */
    private static final Duration CAFFEINES_TOLERANCE = Duration.ofSeconds(1);

    private record Known(@Nullable Object value, long at) {}

    private final CallClock clock;
    private final Duration maxStale;
    private final Cache<CallKey, Known> answers;

    AnswerMemory(CallPlan plan, CallClock clock) {
        this.clock = clock;
        this.maxStale = plan.get("last-known-good.max-stale", Duration.class);
        this.answers = Caffeine.newBuilder()
                .maximumSize(plan.get("last-known-good.max-entries", Integer.class))
                .expireAfterWrite(maxStale.plus(CAFFEINES_TOLERANCE))
                .ticker(clock::nanoTime)
                // what is evicted is evicted by those who write: no thread of a pool that others need
                .executor(Runnable::run)
                .build();
    }

    void remember(CallKey key, @Nullable Object value) {
        answers.put(key, new Known(value, clock.nanoTime()));
    }

    void forget(CallKey key) {
        answers.invalidate(key);
    }

    void forget() {
        answers.invalidateAll();
    }

    /** The answer, if it is not older than {@code max-stale}. */
    @Nullable
    LastKnownGood find(CallKey key) {
        Known known = answers.getIfPresent(key);
        if (known == null) {
            return null;
        }
        Duration age = Duration.ofNanos(clock.nanoTime() - known.at);
        return age.compareTo(maxStale) > 0 ? null : new LastKnownGood(known.value, age);
    }

    /** How many answers are kept, those that will be dropped at the next opportunity included. */
    public long size() {
        return answers.estimatedSize();
    }
}
