package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Letters of consumers without a guard, by record: the listener is not called again for a record whose letter is on its way. One
 * that is taken and not asked for is remembered for ten minutes: its partition has left, and may come back. Thread-safe.
 */
final class UnguardedLetters {

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private record Key(String group, TopicPartition partition, long offset) {}

    private final Map<Key, Dispatch> letters = new ConcurrentHashMap<>();
    private final CallClock clock;

    UnguardedLetters(CallClock clock) {
        this.clock = clock;
    }

    /** @param start what to do with a new one */
    Dispatch computeIfAbsent(
            DeadLetter letter,
            @Nullable Detour detour,
            TopicPartition partition,
            long offset,
            Consumer<Dispatch> start) {
        Key key = new Key(letter.source().group(), partition, offset);
        Dispatch dispatch = new Dispatch(letter, detour, () -> letters.remove(key));
        Dispatch present = letters.putIfAbsent(key, dispatch);
        if (present != null) {
            return present;
        }
        start.accept(dispatch);
        forgetOnceTaken(key, dispatch);
        return dispatch;
    }

    @Nullable
    Dispatch find(String group, TopicPartition partition, long offset) {
        return letters.isEmpty() ? null : letters.get(new Key(group, partition, offset));
    }

    private void forgetOnceTaken(Key key, Dispatch dispatch) {
        Alarm alarm = new Alarm() {
            @Override
            protected void ring() {
                if (dispatch.isTaken()) {
                    letters.remove(key, dispatch);
                } else if (letters.get(key) == dispatch) {
                    forgetOnceTaken(key, dispatch);
                }
            }
        };
        clock.set(alarm, MEMORY.toNanos());
    }
}
