package io.github.resiliencestarter.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Something to do once, at a time, unless it is cancelled first. After {@link #cancel()} has returned, {@link #ring()}
 * has either finished or will never run: there is no moment at which it can still surprise. Only {@code ring()} itself,
 * which could not wait for its own end, is told at once that it rings.
 */
public abstract class Alarm {

    private static final int ARMED = 0;
    private static final int CANCELLED = 1;
    private static final int RINGING = 2;
    private static final int RUNG = 3;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Alarm.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused") // through STATE
    private volatile int state = ARMED;

    /** Only the thread that set it makes anything of it, so it needs no order. */
    private @Nullable Thread ringing;

    /** For the watchdog: when to ring, and the next alarm of its inbox. */
    long due;

    @Nullable
    Alarm next;

    /** What to do; short, for it runs on the clock's thread. */
    protected abstract void ring();

    /** Rings, unless it was cancelled or has rung. Called by the clock. */
    public final void ringIfArmed() {
        if (STATE.compareAndSet(this, ARMED, RINGING)) {
            ringing = Thread.currentThread();
            try {
                ring();
            } finally {
                ringing = null;
                STATE.setVolatile(this, RUNG);
            }
        }
    }

    /**
     * Cancels it. Where it is ringing, waits until it has, unless it is {@link #ring()} that cancels.
     *
     * @return whether it rang: false means that it has not rung and never will
     */
    public final boolean cancel() {
        if (STATE.compareAndSet(this, ARMED, CANCELLED)) {
            return false;
        }
        while ((int) STATE.getVolatile(this) == RINGING) {
            if (ringing == Thread.currentThread()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return (int) STATE.getVolatile(this) == RUNG;
    }

    /** Whether it can still ring. */
    public final boolean isArmed() {
        return (int) STATE.getVolatile(this) == ARMED;
    }
}
