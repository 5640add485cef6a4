package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.kafka.consumer.Retention;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One letter on the ladder: to the broker, else to the store, else again after a while. It is over once: when somebody has taken
 * it, or its partition has left. Thread-safe; its lock is for the moments at which a late confirmation meets a failure.
 */
final class Delivery {

    private final LadderParts parts;
    private final OpenLetters letters;
    private final Dispatch dispatch;
    private final TopicPartition partition;
    private final @Nullable Retention retention;
    private final String listener;
    private @Nullable Detour detour;
    private boolean over;
    private boolean stuck;
    private boolean hasPermit;
    private int attempts;

    Delivery(
            LadderParts parts,
            OpenLetters letters,
            Dispatch dispatch,
            TopicPartition partition,
            @Nullable Retention retention,
            String listener) {
        this.parts = parts;
        this.letters = letters;
        this.dispatch = dispatch;
        this.partition = partition;
        this.retention = retention;
        this.listener = listener;
        this.detour = dispatch.detour();
    }

    DeadLetter letter() {
        return dispatch.letter();
    }

    Dispatch dispatch() {
        return dispatch;
    }

    TopicPartition partition() {
        return partition;
    }

    String listener() {
        return listener;
    }

    synchronized boolean isStuck() {
        return stuck;
    }

    /** It has room of its own among the letters in flight, and gives it back. */
    synchronized void hasPermit() {
        hasPermit = true;
    }

    /** The first step, and each time again the first step after a wait. */
    void send() {
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
        run(isOnDetour() ? this::send : () -> park(why));
    }

    private synchronized @Nullable Detour detour() {
        return detour;
    }

    /** If so, it is not any more: the retry topic has not taken it. */
    private synchronized boolean isOnDetour() {
        boolean was = detour != null;
        detour = null;
        return was;
    }

    private void park(Throwable why) {
        if (isOver()) {
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
            if (retention != null) {
                retention.doNotAwait();
            }
            letters.stuck(this, why);
            givePermitBack();
        }
        attempts++;
        long wait = parts.settings().backoff().millisAfter(attempts);
        parts.clock().set(alarm(() -> run(this::send)), TimeUnit.MILLISECONDS.toNanos(wait));
    }

    /** @param how null if the broker has it */
    private synchronized void taken(@Nullable Parked how) {
        if (over) {
            return;
        }
        if (retention != null) {
            retention.release();
        }
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

    /** Nobody need take it any more: the next owner of the partition gets its record again. */
    synchronized void abandon() {
        if (!over) {
            finish();
        }
    }

    private void finish() {
        over = true;
        letters.leave(this);
        givePermitBack();
    }

    private void givePermitBack() {
        if (hasPermit) {
            hasPermit = false;
            letters.makeRoom();
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
