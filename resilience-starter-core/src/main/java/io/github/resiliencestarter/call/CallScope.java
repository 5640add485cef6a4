package io.github.resiliencestarter.call;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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

    private static final RetriesInside[] NESTED_RETRIES = RetriesInside.values();

    private static final ThreadLocal<CallScope> OF_THREAD = ThreadLocal.withInitial(CallScope::new);

    /** When the attempt must have ended, on the {@link CallClock}. */
    long deadline = NO_DEADLINE;

    /**
     * A number, because the scope of a thread grows old: to write a reference into an old object costs more than all the rest
     * of entering a scope.
     */
    private byte nestedRetries;

    /** What interrupts this thread when the time of the attempt is up; null where nothing does. */
    @Nullable
    CallerInterrupt interrupt;

    /** What this thread runs for us; whoever gives it up interrupts the thread. Null on threads of others. */
    @Nullable
    Future<?> task;

    private CallScope() {}

    static CallScope ofThread() {
        return OF_THREAD.get();
    }

    /** What the calls around leave to the one that is made now. */
    RetriesInside nestedRetries() {
        return NESTED_RETRIES[nestedRetries];
    }

    void nestedRetries(RetriesInside nestedRetries) {
        this.nestedRetries = (byte) nestedRetries.ordinal();
    }

    /** The scope of this thread as it is now. */
    public static Captured capture() {
        CallScope scope = ofThread();
        boolean isNone = scope.deadline == NO_DEADLINE && scope.nestedRetries() == RetriesInside.ALLOWED;
        return isNone ? Captured.NONE : new Captured(scope.deadline, scope.nestedRetries());
    }

    /** Whether this thread is in the scope. */
    public static boolean isIn(Captured scope) {
        CallScope current = ofThread();
        return current.deadline == scope.deadline && current.nestedRetries() == scope.nestedRetries;
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
        scope.nestedRetries(captured.nestedRetries);
    }

    /**
     * A scope for handing on. Immutable.
     *
     * @param deadline when the attempt must have ended, in nanoseconds of the {@link CallClock}; {@link #NO_DEADLINE} for never
     * @param nestedRetries what the calls around leave to those inside
     */
    public record Captured(long deadline, RetriesInside nestedRetries) {

        /** Outside of any attempt. */
        public static final Captured NONE = new Captured(NO_DEADLINE, RetriesInside.ALLOWED);

        /** The same for an attempt with another deadline. */
        public Captured until(long deadline) {
            return new Captured(deadline, nestedRetries);
        }

        /** The same within a call that leaves this much to those inside. */
        Captured within(RetriesInside call) {
            RetriesInside both = nestedRetries.and(call);
            return both == nestedRetries ? this : new Captured(deadline, both);
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
