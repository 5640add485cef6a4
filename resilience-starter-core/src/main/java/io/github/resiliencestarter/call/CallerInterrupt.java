package io.github.resiliencestarter.call;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread of a caller when the time of its attempt is up, and takes that back when the attempt has ended. */
final class CallerInterrupt extends Alarm {

    private final Thread caller;
    private final @Nullable CallerInterrupt enclosing;
    private boolean ours;

    /** @param enclosing that of the attempt around this one, on the same thread */
    CallerInterrupt(Thread caller, @Nullable CallerInterrupt enclosing) {
        this.caller = caller;
        this.enclosing = enclosing;
    }

    @Override
    protected void ring() {
        // The flag of somebody else's interrupt is not ours to clear afterwards.
        ours = !caller.isInterrupted();
        if (ours) {
            caller.interrupt();
        }
    }

    /** Whether the time was up. If so, the interrupt that said so is taken back. */
    boolean cancelAndClear() {
        if (!cancel()) {
            return false;
        }
        if (ours) {
            Thread.interrupted();
        }
        passOn();
        return true;
    }

    /**
     * A thread has one flag: if the time of an attempt around was up together with ours, as it is where ours inherits it, then
     * our code has seen the interrupts of both as one.
     */
    private void passOn() {
        for (CallerInterrupt around = enclosing; around != null; around = around.enclosing) {
            if (!around.isArmed() && !caller.isInterrupted()) {
                around.cancel(); // has rung, or is ringing: then this waits for its end
                around.ours = true;
                caller.interrupt();
                return;
            }
        }
        Future<?> task = CallScope.ofThread().task;
        if (task != null && task.isCancelled()) {
            caller.interrupt();
        }
    }
}
