package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallOutcome;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of something asynchronous: an attempt, or what a fallback has started. The first to tell it how that
 * ended is heard; what comes later, after a timeout or a cancellation, is dropped.
 */
public abstract class Ending extends Pending implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.resiliencestarter");

    final Stage stage;
    final CallClock clock;
    final long endsAt;
    private volatile @Nullable Object started;
    private boolean atOnce;
    private volatile boolean unwanted;
    private volatile @Nullable Object handle;
    private volatile @Nullable Alarm ofStream;

    /** @param endsAt when its time is up, on the clock */
    Ending(AsyncExecution execution, Stage stage, CallClock clock, long endsAt) {
        super(execution);
        this.stage = stage;
        this.clock = clock;
        this.endsAt = endsAt;
    }

    /** Where an adapter keeps what it needs to cancel, such as a subscription. */
    public final @Nullable Object handle() {
        return handle;
    }

    public final void handle(Object handle) {
        this.handle = handle;
    }

    /** The name of the call. */
    public final String call() {
        return execution().call();
    }

    /** What has been started goes on, but nobody is there to hear how it ends. */
    final void unheard() {
        execution().judged(CallOutcome.UNKNOWN);
    }

    /** Whoever is told the result of the call. */
    public final Receiver receiver() {
        return execution().receiver();
    }

    /**
     * The first element of several has come: from now on the call cannot be tried again, and only its total limits the time.
     *
     * @return false if it comes too late: then it must not reach the caller, nor anything after it
     */
    public final boolean firstElement() {
        if (cancel()) {
            return false;
        }
        long streamEndsAt = answering();
        if (streamEndsAt != CallScope.NO_DEADLINE) {
            Alarm alarm = new Alarm() {
                @Override
                protected void ring() {
                    Ending.this.timeIsUp();
                }
            };
            ofStream = alarm;
            clock.set(alarm, streamEndsAt - clock.nanoTime());
        }
        return true;
    }

    /** Within what the calls are that are made for it: asked on the thread that listens. */
    public CallScope.Captured scope() {
        return CallScope.capture();
    }

    /** The caller has seen something of the answer. Returns when all of it must have come, on the clock. */
    abstract long answering();

    /** Runs a task that only waits, on a worker thread. */
    final void watch(Runnable task) {
        execution().watch(task);
    }

    /** It ended: with a value, or, where the second is not null, with a failure. */
    @Override
    public final void accept(@Nullable Object value, @Nullable Throwable failure) {
        if (atOnce) {
            ended(value, failure);
        } else if (claim()) {
            cancel();
            Alarm alarm = ofStream;
            if (alarm != null) {
                alarm.cancel();
            }
            execution().resume(() -> ended(value, failure));
        }
    }

    /** Waits for what has been started on this thread. */
    final void await(Object started) {
        AsyncAdapter type = execution().type();
        if (type.isDone(started)) {
            atOnce = true;
            listen(started);
            return;
        }
        execution().leaveThread();
        if (!execution().await(this)) {
            cancel(started);
            abandon(execution().cancellation());
            return;
        }
        limit();
        listen(started);
    }

    final void limit() {
        if (endsAt != CallScope.NO_DEADLINE) {
            clock.set(this, endsAt - clock.nanoTime());
        }
    }

    /** Whoever stops it in between may have seen nothing to stop, so afterwards that is looked at again. */
    final void listen(Object started) {
        AsyncAdapter type = execution().type();
        this.started = started;
        try {
            type.listen(started, this);
        } catch (Throwable failure) {
            cancel(started);
            accept(null, failure);
        }
        if (unwanted) {
            cancel(started);
        }
    }

    /** What does not let itself be stopped goes on, but must not hold up the call. */
    private void cancel(Object source) {
        try {
            execution().type().cancel(source, this);
        } catch (RuntimeException unstoppable) {
            LOG.debug("Call '{}': what it has started cannot be cancelled", call(), unstoppable);
        }
    }

    /** Its time is up. */
    @Override
    public final void run() {
        stop();
        expired();
    }

    @Override
    final void abandoned(CancellationException cancellation) {
        stop();
        abandon(cancellation);
    }

    void stop() {
        unwanted = true;
        Object source = started;
        if (source != null) {
            cancel(source);
        }
    }

    abstract void ended(@Nullable Object value, @Nullable Throwable failure);

    abstract void expired();

    abstract void abandon(CancellationException cancellation);
}
