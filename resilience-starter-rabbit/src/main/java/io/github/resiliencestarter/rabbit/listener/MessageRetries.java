package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The slow path of a message: the listener is called again for the message in hand, without the broker being asked. Without a wait
 * that is done at once, in its thread. A wait is spent aside, so that those behind the message overtake it, unless they are to keep
 * their order. Thread-safe.
 */
final class MessageRetries implements SlowPath {

    private final Listening listening;

    MessageRetries(Listening listening) {
        this.listening = listening;
    }

    @Override
    public void deliver(Delivery delivery) {
        if (listening.replays().isNotForUs(delivery.message())) {
            delivery.settlement().settle();
            return;
        }
        furtherAttempts(delivery, NextAttempt.now(Tried.notYet()), null);
    }

    @Override
    public void afterFirstFailure(Delivery delivery, Throwable thrown) {
        furtherAttempts(delivery, afterFailure(delivery, NextAttempt.now(Tried.notYet()), thrown), null);
    }

    @Override
    public void afterLateFailure(Delivery delivery, Tried before, Throwable failure) {
        MessagesAside.Place place = delivery.channel().aside().placeForOneThatIsThere();
        stoppingIfHopeless(
                () -> furtherAttempts(delivery, afterFailure(delivery, NextAttempt.now(before), failure), place));
    }

    /** @param place where it has waited already; it has that until it is done with */
    private void furtherAttempts(Delivery delivery, @Nullable NextAttempt first, MessagesAside.@Nullable Place place) {
        NextAttempt next = first;
        while (next != null) {
            if (next.waitNanos() > 0 && !next.isBusy() && !listening.keepOrder()) {
                waitAside(delivery, next, place);
                return;
            }
            next = isDue(delivery, next) ? attempt(delivery, next) : null;
        }
        if (place != null) {
            place.leave();
        }
    }

    private boolean isDue(Delivery delivery, NextAttempt next) {
        boolean free =
                !listening.deadLetters().isStuck() || listening.deadLetters().awaitFree(delivery);
        if (free
                && Patience.waits(next.waitNanos(), () -> listening.goesOn(delivery))
                && listening.doors().awaitAdmission(() -> listening.goesOn(delivery))) {
            return true;
        }
        listening.leave(delivery);
        return false;
    }

    private void waitAside(Delivery delivery, NextAttempt next, MessagesAside.@Nullable Place before) {
        MessagesAside.Place place =
                before == null ? delivery.channel().aside().enter(() -> listening.goesOn(delivery)) : before;
        if (place == null) {
            listening.leave(delivery);
        } else {
            place.comeBackIn(next.waitNanos(), () -> comesBack(delivery, next.tried(), place));
        }
    }

    private void comesBack(Delivery delivery, Tried tried, MessagesAside.Place place) {
        stoppingIfHopeless(() -> furtherAttempts(delivery, NextAttempt.now(tried), place));
    }

    private void stoppingIfHopeless(Runnable attempts) {
        try {
            attempts.run();
        } catch (VirtualMachineError hopeless) {
            // The container would have stopped, had it been its own thread.
            listening.container().stop(() -> {});
            throw hopeless;
        }
    }

    /** @return when the next one is; null if the message is done with */
    private @Nullable NextAttempt attempt(Delivery delivery, NextAttempt now) {
        try {
            delivery.settlement().again(now.tried());
            delivery.attempt();
        } catch (Throwable thrown) {
            return afterFailure(delivery, now, thrown);
        }
        processed(delivery);
        return null;
    }

    /** A door that was closed makes the last attempt none at all. */
    private @Nullable NextAttempt afterFailure(Delivery delivery, NextAttempt last, Throwable thrown) {
        Throwable failure = Thrown.bearable(thrown);
        if (Thrown.asksForAcknowledgement(failure)) {
            listening.askedToAcknowledge(delivery);
            processed(delivery);
            return null;
        }
        if (!delivery.settlement().failed()) {
            listening.settledByListener(delivery, failure);
            return null;
        }
        ClosedDoor closed = listening.doors().failed(delivery, failure);
        if (closed != null) {
            return closed.isBusy() ? NextAttempt.busy(last.busy(), last.tried()) : NextAttempt.now(last.tried());
        }
        Tried tried = last.tried().again();
        ListenedQueue queue = listening.queue(delivery);
        if (DelayedMessages.level(delivery) > 0 || !queue.retry().allows(tried.attempts(), failure)) {
            listening.deadLetters().take(delivery, queue, tried, failure);
            return null;
        }
        Duration wait = queue.retry().waitAfter(tried.attempts());
        listening.retried(delivery, tried.attempts(), wait, failure);
        return NextAttempt.in(wait, tried);
    }

    private void processed(Delivery delivery) {
        listening.returned(delivery);
        delivery.settlement().processed();
        if (delivery.channel().commit()) {
            listening.committed(delivery);
        }
        listening.queue(delivery).processed().increment();
    }
}
