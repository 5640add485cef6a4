package io.github.resiliencestarter.call;

/**
 * What the attempt that a thread is running means to the calls that are made within it: when they must have ended, and whether
 * they may try again. There is one for each thread, and only that thread touches it.
 *
 * <p>It is bound to the thread of the attempt and does not follow work to other threads by itself. Who hands work over takes it
 * along:
 *
 * <pre>{@code
 * CallScope.Captured enclosing = CallScope.capture();                 // where the work is handed over
 * try (CallScope.Binding unused = CallScope.bind(enclosing)) { ... }  // where it is done
 * }</pre>
 *
 * What is captured is immutable, and so it can be kept in a context that has no thread, under {@link #KEY}.
 */
public final class CallScope {

    /** Outside of any attempt, or within one that has no limit. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Where it is kept in contexts that are maps, such as Reactor's. */
    public static final String KEY = CallScope.class.getName();

    private static final ThreadLocal<CallScope> OF_THREAD = ThreadLocal.withInitial(CallScope::new);

    /** When the attempt must have ended, on the {@link CallClock}. */
    long deadline = NO_DEADLINE;

    /** Whether a call around tries again, so that calls inside of it do not. */
    boolean suppressesRetries;

    private CallScope() {}

    static CallScope ofThread() {
        return OF_THREAD.get();
    }

    /** The scope of this thread as it is now. */
    public static Captured capture() {
        CallScope scope = ofThread();
        boolean isNone = scope.deadline == NO_DEADLINE && !scope.suppressesRetries;
        return isNone ? Captured.NONE : new Captured(scope.deadline, scope.suppressesRetries);
    }

    /** Puts this thread into the scope, until what is returned is closed on the same thread. */
    public static Binding bind(Captured scope) {
        Captured before = capture();
        restore(scope);
        return () -> restore(before);
    }

    /** Puts this thread into the scope, and forgets the one it was in. */
    public static void restore(Captured captured) {
        CallScope scope = ofThread();
        scope.deadline = captured.deadline;
        scope.suppressesRetries = captured.suppressesRetries;
    }

    /**
     * A scope for handing on. Immutable.
     *
     * @param deadline when the attempt must have ended, in nanoseconds of the {@link CallClock}; {@link #NO_DEADLINE} for never
     * @param suppressesRetries whether calls inside make one attempt each
     */
    public record Captured(long deadline, boolean suppressesRetries) {

        /** Outside of any attempt. */
        public static final Captured NONE = new Captured(NO_DEADLINE, false);

        /** The same for an attempt with another deadline. */
        public Captured until(long deadline) {
            return new Captured(deadline, suppressesRetries);
        }

        /** The same within a call whose retries do, or do not, stand for those inside. */
        public Captured suppressing(boolean more) {
            return !more || suppressesRetries ? this : new Captured(deadline, true);
        }

        public boolean hasDeadline() {
            return deadline != NO_DEADLINE;
        }

        /** Nanoseconds left; zero or less if it is over. Only where there is a deadline. */
        public long remaining(CallClock clock) {
            return deadline - clock.nanoTime();
        }
    }

    /** Ends what {@link #bind} began. */
    @FunctionalInterface
    public interface Binding extends AutoCloseable {
        @Override
        void close();
    }
}
