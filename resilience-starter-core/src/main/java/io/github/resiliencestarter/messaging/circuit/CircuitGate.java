package io.github.resiliencestarter.messaging.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resiliencestarter.call.Alarm;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before a listener, and shuts when a circuit breaker that the listener needs is open. While it is shut, messages are held
 * back; when the breaker permits a trial, the next message that comes is let through, one at a time, as the probe. When the breaker
 * is closed, all go on. A message is never blamed for an open circuit, and not for a failure that the breaker has recorded while it
 * was not closed: that is the outage, until {@link ProbeSettings#attempts()} of them.
 *
 * <p>There is one for each listener, whatever the number of its threads. Thread-safe.
 */
public final class CircuitGate {

    private static final Logger log = LoggerFactory.getLogger(CircuitGate.class);

    /** If the message that was released as the probe has not come by then, another one may. */
    private static final long RELEASE_ANOTHER = TimeUnit.SECONDS.toNanos(1);

    private final String listener;
    private final Breakers breakers;
    private final ProbeSettings settings;
    private final WaitingMessages messages;
    private final MessageObserver observer;
    private final CallClock clock;
    private final Excuses excuses;
    private final ProbeSchedule schedule;

    /** Why it is shut; null while it is not. Written under the lock. */
    private volatile @Nullable Pause pause;

    /** The thread on which the probe is under way. */
    private @Nullable Thread prober;

    private @Nullable Alarm alarm;
    private long alarmAt;

    public CircuitGate(
            String listener,
            Breakers breakers,
            ProbeSettings settings,
            WaitingMessages messages,
            MessageObserver observer,
            CallClock clock) {
        this.listener = listener;
        this.breakers = breakers;
        this.settings = settings;
        this.messages = messages;
        this.observer = observer;
        this.clock = clock;
        this.excuses = new Excuses(settings.attempts());
        this.schedule = new ProbeSchedule(settings.interval(), clock.nanoTime());
    }

    /** While it is, ask {@link #admits()} before each attempt, and tell how it ended. */
    public boolean isShut() {
        return pause != null;
    }

    /** Whether this thread may call the listener now. If not, the message is to be held back, and then {@link #held()} called. */
    public synchronized boolean admits() {
        Pause shut = pause;
        if (shut == null) {
            return true;
        }
        if (isProbing() && prober != Thread.currentThread()) {
            return false;
        }
        prober = null;
        CircuitBreaker breaker = breakers.find(shut.detail());
        if (schedule.nanosToNext(breaker, clock.nanoTime()) > 0) {
            return false;
        }
        if (breaker != null && Breakers.isClosed(breaker)) {
            open(shut);
        } else {
            prober = Thread.currentThread();
        }
        return true;
    }

    /** A message has been held back. In the meantime things may have changed, so that it need not be. */
    public synchronized void held() {
        if (pause == null) {
            messages.releaseAll();
        } else {
            look();
        }
    }

    /** The listener has processed a message on this thread. */
    public synchronized void passed(Object message) {
        excuses.forget(message);
        Pause shut = pause;
        if (shut == null || !endsProbe()) {
            return;
        }
        if (breakers.find(shut.detail()) == null) {
            open(shut);
        } else {
            look();
        }
    }

    /**
     * The listener has failed on this thread.
     *
     * @param message that it was called for; the same each time that it comes
     * @param source {@link io.github.resiliencestarter.messaging.Source#name()} of the message
     * @return what was closed, so that nobody blames the message; null if the failure is its own. For a door that is not
     *     {@linkplain ClosedDoor#isBusy() busy}, the message is to be held back, and then {@link #held()} called
     */
    public synchronized @Nullable ClosedDoor failed(Object message, String source, Throwable failure) {
        boolean probed = endsProbe();
        ClosedDoor rejecting = ClosedDoor.rejecting(failure);
        if (rejecting == null) {
            return failedByItself(message, source, failure, probed);
        }
        if (!rejecting.isBusy()) {
            rejected(rejecting.name(), source, probed);
        }
        look();
        return rejecting;
    }

    private @Nullable ClosedDoor failedByItself(Object message, String source, Throwable failure, boolean probed) {
        String recording = breakers.openFor(failure);
        Pause shut = pause;
        if (shut == null && recording == null) {
            return null;
        }
        if (shut != null && probed && breakers.find(shut.detail()) == null) {
            schedule.failedUnknown(clock.nanoTime());
        }
        look();
        shut = pause;
        if (shut == null && recording == null) {
            return null;
        }
        if (!excuses.make(message)) {
            log.warn(
                    "{} has failed {} times while circuit breaker '{}' of listener {} was not closed. From now on its failures count",
                    message,
                    settings.attempts(),
                    shut == null ? recording : shut.detail(),
                    listener);
            return null;
        }
        return ClosedDoor.open(shut == null ? shut(String.valueOf(recording), source) : shut.detail());
    }

    /** Somebody was rejected. Of several breakers, the probe's counts: it got as far as that. */
    private void rejected(String breaker, String source, boolean probed) {
        Pause shut = pause;
        if (shut != null && probed && !shut.detail().equals(breaker)) {
            end(shut);
            shut = null;
        }
        if (shut == null) {
            shut(breaker, source);
        }
        if (shut == null || probed) {
            schedule.rejected(breakers.find(breaker), clock.nanoTime());
        }
    }

    private String shut(String breaker, String source) {
        Pause begins = new Pause(listener, source, Pause.Reason.OPEN_CIRCUIT, breaker, Instant.now(clock.clock()));
        schedule.begin(clock.nanoTime());
        pause = begins;
        breakers.watch(breaker, this);
        observer.paused(begins);
        return breaker;
    }

    private void open(Pause shut) {
        end(shut);
        messages.releaseAll();
    }

    private void end(Pause shut) {
        pause = null;
        prober = null;
        alarm = null;
        breakers.unwatch(shut.detail(), this);
        observer.resumed(shut);
    }

    /** The breaker that it waits for has changed its state. */
    synchronized void changed(State to) {
        if (pause != null) {
            schedule.changed(to, clock.nanoTime());
            look();
        }
    }

    /** Goes on, lets a probe come, or finds out when to look again. */
    private void look() {
        Pause shut = pause;
        if (shut == null || isProbing()) {
            return;
        }
        CircuitBreaker breaker = breakers.find(shut.detail());
        long wait = schedule.nanosToNext(breaker, clock.nanoTime());
        if (wait > 0) {
            lookAgainIn(wait);
        } else if (breaker != null && Breakers.isClosed(breaker)) {
            open(shut);
        } else {
            messages.releaseNext();
            lookAgainIn(RELEASE_ANOTHER);
        }
    }

    /** A thread that has died on the way will not tell how its probe ended. */
    private boolean isProbing() {
        return prober != null && prober.isAlive();
    }

    private boolean endsProbe() {
        boolean probed = prober == Thread.currentThread();
        prober = probed ? null : prober;
        return probed;
    }

    private void lookAgainIn(long nanos) {
        long at = clock.nanoTime() + nanos;
        if (alarm != null && alarm.isArmed() && alarmAt - at <= 0) {
            return;
        }
        alarmAt = at;
        alarm = new Alarm() {
            @Override
            protected void ring() {
                rings(this);
            }
        };
        clock.set(alarm, nanos);
    }

    /** One that has been replaced by an earlier one is ignored: to cancel it could mean to wait for it, under the lock. */
    private synchronized void rings(Alarm ringing) {
        if (alarm == ringing) {
            alarm = null;
            look();
        }
    }

    /** The listener is gone for good. */
    public synchronized void close() {
        Pause shut = pause;
        if (shut != null) {
            end(shut);
        }
    }
}
