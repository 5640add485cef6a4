package io.github.resiliencestarter.call;

/**
 * When the attempt that this thread is running must have ended, on the {@link CallClock}; {@link #NONE} outside of any.
 * It is what a nested call inherits. Only its own thread touches it; a worker thread is given that of its caller.
 */
final class Deadline {

    static final long NONE = Long.MAX_VALUE;

    private static final ThreadLocal<Deadline> OF_THREAD = ThreadLocal.withInitial(Deadline::new);

    long at = NONE;

    private Deadline() {}

    static Deadline ofThread() {
        return OF_THREAD.get();
    }
}
