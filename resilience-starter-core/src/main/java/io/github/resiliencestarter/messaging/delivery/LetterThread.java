package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.call.DaemonThreads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The thread that gives letters to a broker's client, in the order in which they come: a client may block, and whoever brings a dead
 * letter is the thread of a listener. That one wakes it for the first letter of some milliseconds, not for each: to wake a thread
 * takes as long as to make a letter. Ends after 10 s without letters. Thread-safe.
 *
 * @param <T> a letter that is to be sent
 */
public final class LetterThread<T> {

    private final ThreadPoolExecutor thread;
    private final Queue<T> gathered = new ConcurrentLinkedQueue<>();
    /** Whether the thread will look at what is gathered. */
    private final AtomicBoolean awake = new AtomicBoolean();

    /** How many came together. Of the thread alone. */
    private int sentLast;

    private final long gatherNanos;
    private final BooleanSupplier worthGathering;
    private final Consumer<T> send;
    private final BiConsumer<T, RejectedExecutionException> refuse;

    /**
     * @param gather how long the first letter waits for others
     * @param worthGathering asked on the thread before it waits; if not, and no others came with the last one, a letter goes at once
     * @param send called on the thread for one after the other; must not throw
     * @param refuse called for those that come after the thread was closed
     */
    public LetterThread(
            Duration gather,
            BooleanSupplier worthGathering,
            Consumer<T> send,
            BiConsumer<T, RejectedExecutionException> refuse) {
        this.gatherNanos = gather.toNanos();
        this.worthGathering = worthGathering;
        this.send = send;
        this.refuse = refuse;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("resilience-dead-letters"));
        thread.allowCoreThreadTimeOut(true);
    }

    public void add(T letter) {
        gathered.add(letter);
        if (awake.compareAndSet(false, true)) {
            try {
                thread.execute(this::sendGathered);
            } catch (RejectedExecutionException closed) {
                awake.set(false);
                for (T late = gathered.poll(); late != null; late = gathered.poll()) {
                    refuse.accept(late, closed);
                }
            }
        }
    }

    private void sendGathered() {
        if (sentLast > 1 || worthGathering.getAsBoolean()) {
            gather();
        }
        awake.set(false);
        int sent = 0;
        for (T letter = gathered.poll(); letter != null; letter = gathered.poll()) {
            send.accept(letter);
            sent++;
        }
        sentLast = sent;
    }

    /** Whoever has woken the thread may have left a permit behind, with which it would not be parked at all. */
    private void gather() {
        long end = System.nanoTime() + gatherNanos;
        for (long left = gatherNanos;
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * Runs a step between letters, at once.
     *
     * @throws RejectedExecutionException once it is closed
     */
    public void execute(Runnable step) {
        thread.execute(step);
    }

    /** Takes no more, and waits until what it has was sent. An interrupt ends the wait, and stays. */
    public void close(Duration most) {
        thread.shutdown();
        try {
            thread.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
