package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import io.github.resiliencestarter.messaging.delivery.LettersInFlight;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The letters of one listener that nobody has taken yet. Those in flight are bounded; one that nobody takes gives its room back, and
 * stops the listener: what it may keep is bounded by its prefetch. Thread-safe.
 */
public final class OpenLetters {

    /** How long it takes at most until a consumer that waits hears that it is being stopped. */
    private static final long LOOK_MILLIS = 100;

    private final String listener;
    private final LadderParts parts;
    private final LettersInFlight<MessageDelivery> inFlight;
    private volatile @Nullable StuckListener stuck;
    private volatile boolean closing;

    OpenLetters(String listener, LadderParts parts) {
        this.listener = listener;
        this.parts = parts;
        this.inFlight = new LettersInFlight<>(parts.settings().maxInFlight());
    }

    /**
     * Sends a letter. Returns at once while fewer than the maximum are unconfirmed, and waits for room otherwise, as long as the
     * message is awaited. Nothing is sent any more once the listeners are about to stop.
     *
     * @param detour the delay queue that it goes to first: the letter is a dead one only if that does not take it; null for none
     * @param taken acknowledges the message; runs once at most, when the broker or the store has the letter, on whichever thread
     *     hears of it, so it must not wait
     * @param running whether the message still waits for its letter. Once its channel is gone, or its container is being stopped,
     *     it comes again: a letter that was not taken at the first try is then not tried any more
     */
    public void send(DeadLetter letter, @Nullable Detour detour, Runnable taken, BooleanSupplier running) {
        if (closing) {
            return;
        }
        Dispatch dispatch = new Dispatch(letter, detour, () -> {});
        MessageDelivery delivery = new MessageDelivery(parts, this, dispatch, taken, running);
        inFlight.enter(delivery, inFlight.tryRoom() || awaitRoom(running));
        delivery.send();
    }

    private boolean awaitRoom(BooleanSupplier running) {
        try {
            while (running.getAsBoolean()) {
                if (inFlight.awaitRoom(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS))) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Whether neither the broker nor the store takes a letter: no further message should be processed. Cheap. */
    public boolean isStuck() {
        return stuck != null;
    }

    /**
     * Waits until nothing is stuck.
     *
     * @return false if {@code running} has said no, or the thread was interrupted, which it stays
     */
    public boolean awaitFree(BooleanSupplier running) {
        while (isStuck()) {
            if (!running.getAsBoolean() || !awaitChange()) {
                return false;
            }
        }
        return true;
    }

    private synchronized boolean awaitChange() {
        try {
            if (stuck != null) {
                wait(LOOK_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * A channel is gone, so its messages come again: the letters whose message is not awaited any more are forgotten, and a late
     * confirmation of one of them is ignored.
     */
    public void forgetUnawaited() {
        for (MessageDelivery delivery : inFlight.open()) {
            if (!delivery.isAwaited()) {
                delivery.abandon();
            }
        }
    }

    synchronized void stuck(MessageDelivery delivery) {
        StuckListener present = stuck;
        if (present == null) {
            present = StuckListener.pause(listener, delivery, parts);
            stuck = present;
        }
        present.add(delivery);
    }

    /** It is taken, or its message comes again. */
    synchronized void leave(MessageDelivery delivery) {
        inFlight.leave(delivery);
        StuckListener present = stuck;
        if (present != null && present.remove(delivery)) {
            stuck = null;
            notifyAll();
        }
    }

    /** Sends nothing more: the message would be lettered, and come again because its channel is closed. */
    void close() {
        closing = true;
    }

    /** Waits for those that are on their first way. */
    void awaitInFlight(Duration most) {
        inFlight.await(most);
    }

    /** @return how many nobody has taken */
    int stop() {
        return inFlight.abandon();
    }
}
