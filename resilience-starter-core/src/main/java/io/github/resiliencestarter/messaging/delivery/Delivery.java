package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One letter on the ladder: to the broker, else to the store, else again after a while. It is over once: when somebody has taken
 * it, or nobody need take it any more. Thread-safe; its lock is for the moments at which a late confirmation meets a failure, and is
 * held while the methods that a broker's module adds are called.
 */
public abstract class Delivery {

    private final LadderParts parts;
    private final Dispatch dispatch;
    private @Nullable Detour detour;
    private @Nullable Runnable room;
    private boolean over;
    private boolean stuck;
    private int attempts;

    protected Delivery(LadderParts parts, Dispatch dispatch) {
        this.parts = parts;
        this.dispatch = dispatch;
        this.detour = dispatch.detour();
    }

    /** Whether its message still waits for it. If not, it is abandoned instead of being tried again. */
    protected boolean isAwaited() {
        return true;
    }

    /** The broker or the store has it: its message may be acknowledged. Once at most. */
    protected abstract void onTaken();

    /** Nobody takes it, so it is tried again from now on. Once at most. */
    protected abstract void onStuck();

    /** It is over: taken, or abandoned. Once. */
    protected abstract void onOver();

    public final DeadLetter letter() {
        return dispatch.letter();
    }

    public final Dispatch dispatch() {
        return dispatch;
    }

    public final synchronized boolean isStuck() {
        return stuck;
    }

    /** It has room of its own among the letters in flight, and gives it back. */
    final synchronized void onRoom(Runnable giveBack) {
        room = giveBack;
    }

    /** The first step. */
    public final void send() {
        if (isOver()) {
            return;
        }
        CompletionStage<Void> sent;
        try {
            Detour first = detour();
            sent = first == null ? parts.transport().deadLetter(letter()) : first.send(letter());
        } catch (Throwable e) {
            sent = CompletableFuture.failedFuture(e);
        }
        Alarm timeout = alarm(() -> failed(new TimeoutException("The broker has not confirmed the dead letter within "
                + parts.settings().sendTimeout().toMillis() + " ms")));
        parts.clock().set(timeout, parts.settings().sendTimeout().toNanos());
        sent.whenComplete((nothing, failure) -> {
            boolean tooLate = timeout.cancel();
            if (failure == null) {
                taken(null);
            } else if (!tooLate) {
                failed(failure);
            }
        });
    }

    private void failed(Throwable why) {
        run(isOnDetour() ? this::sendAgain : () -> park(why));
    }

    private synchronized @Nullable Detour detour() {
        return detour;
    }

    /** If so, it is not any more: the retry topic or the delay queue has not taken it. */
    private synchronized boolean isOnDetour() {
        boolean was = detour != null;
        detour = null;
        return was;
    }

    private void sendAgain() {
        if (goesOn()) {
            send();
        }
    }

    private boolean goesOn() {
        if (!isAwaited()) {
            abandon();
        }
        return !isOver();
    }

    private void park(Throwable why) {
        if (!goesOn()) {
            return;
        }
        try {
            DeadLetterStore store = parts.store().get();
            if (store != null) {
                taken(store.park(letter()));
                return;
            }
        } catch (Throwable e) {
            why.addSuppressed(e);
        }
        undeliverable(why);
    }

    private synchronized void undeliverable(Throwable why) {
        if (over) {
            return;
        }
        if (!stuck) {
            stuck = true;
            onStuck();
            parts.observer().undeliverable(letter(), why);
            giveRoomBack();
        }
        attempts++;
        long wait = parts.settings().backoff().millisAfter(attempts);
        parts.clock().set(alarm(() -> run(this::sendAgain)), TimeUnit.MILLISECONDS.toNanos(wait));
    }

    /** @param how null if the broker has it */
    private synchronized void taken(@Nullable Parked how) {
        if (over) {
            return;
        }
        onTaken();
        dispatch.taken();
        if (detour == null) {
            parts.observer().deadLettered(letter());
        } else {
            parts.observer().delayed(letter(), detour.delay().duration());
        }
        if (how != null) {
            parts.observer().parked(letter(), how);
        }
        finish();
    }

    /** Nobody need take it any more: its message comes again. */
    public final synchronized void abandon() {
        if (!over) {
            finish();
        }
    }

    private void finish() {
        over = true;
        onOver();
        giveRoomBack();
    }

    /** Once it is stuck too: its consumer must be able to go on, for it is not this that holds it back. */
    private void giveRoomBack() {
        if (room != null) {
            room.run();
            room = null;
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void run(Runnable step) {
        try {
            parts.executor().execute(step);
        } catch (RejectedExecutionException closed) {
            abandon();
        }
    }

    private static Alarm alarm(Runnable action) {
        return new Alarm() {
            @Override
            protected void ring() {
                action.run();
            }
        };
    }
}
