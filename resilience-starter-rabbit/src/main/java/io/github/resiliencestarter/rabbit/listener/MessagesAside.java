package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.Alarm;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one channel that wait for their next attempt while those behind them are processed. They are unacknowledged, so
 * they count towards the prefetch of the channel: there is room for a part of it only, and who finds none waits. When the channel is
 * closed they are dropped, because the broker brings them again. Thread-safe.
 */
final class MessagesAside {

    /** How late a consumer that stops is noticed. */
    private static final long SLICE_MILLIS = 20;

    private final AsideParts parts;
    private final Semaphore room;
    private final Set<Place> waiting = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile boolean closed;

    MessagesAside(AsideParts parts) {
        this.parts = parts;
        this.room = new Semaphore(parts.room());
    }

    /** The place of one message, from the first time that it waits until it is done with. */
    final class Place {

        private final boolean counts;

        Place(boolean counts) {
            this.counts = counts;
        }

        private volatile @Nullable Alarm alarm;

        /** Does this after the wait, on another thread, unless the channel is closed by then. */
        void comeBackIn(long nanos, Runnable back) {
            Alarm set = new Alarm() {
                @Override
                protected void ring() {
                    waiting.remove(Place.this);
                    due(back);
                }
            };
            alarm = set;
            waiting.add(this);
            parts.clock().set(set, nanos);
            if (closed) {
                drop();
            }
        }

        /** For another message. */
        void leave() {
            if (counts) {
                room.release();
            }
        }

        private void drop() {
            Alarm set = alarm;
            if (waiting.remove(this) && set != null) {
                set.cancel();
            }
        }
    }

    /** Waits for room; null if the consumer stops before there is any. */
    @Nullable
    Place enter(BooleanSupplier running) {
        try {
            while (!room.tryAcquire(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!running.getAsBoolean()) {
                    return null;
                }
            }
            return new Place(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** For a message that is with its listener, beside those that the consumer gets: it takes no room from them. */
    Place placeForOneThatIsThere() {
        return new Place(false);
    }

    int size() {
        return waiting.size();
    }

    void close() {
        closed = true;
        due.clear();
        waiting.forEach(Place::drop);
    }

    /** Does this as if it had waited until now: on a thread of its own, and one at a time. */
    void soon(Runnable what) {
        due(what);
    }

    /** On the thread of the clock, which has no time for it. */
    private void due(Runnable back) {
        due.add(back);
        if (atWork.compareAndSet(false, true)) {
            parts.threads().execute(this::work);
        }
    }

    private void work() {
        do {
            try {
                for (Runnable next = due.poll(); next != null && !closed; next = due.poll()) {
                    next.run();
                }
            } finally {
                atWork.set(false);
            }
        } while (!due.isEmpty() && !closed && atWork.compareAndSet(false, true));
    }
}
