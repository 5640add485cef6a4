package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one batch through its listener, as far as it gets. Where the listener says which messages have failed, those before the
 * last of them are done, and they go on with what comes after. Where it does not, the batch is tried again as a whole; when its
 * attempts are used up it is halved until what fails alone is found, and only that is given up. Waits are spent in place: nobody
 * is behind a batch whom it could hold up. Belongs to one call on one thread.
 */
final class BatchRun {

    private final Batch batch;
    private final Listening listening;
    private final DeadLetters deadLetters;
    /** What has not been dealt with, in order. */
    private final Deque<Chunk> todo = new ArrayDeque<>();
    /** Of those that the listener has named. */
    private final Map<Delivery, Tried> tried = new IdentityHashMap<>();

    private long waitNanos;
    /** How often in a row there was no room for what the listener does. */
    private int busy;
    /** Whether the listener tells which messages have failed. */
    private boolean tells;

    BatchRun(Batch batch, Listening listening) {
        this.batch = batch;
        this.listening = listening;
        this.deadLetters = listening.deadLetters();
    }

    /** From the start: nothing was tried yet. */
    void run() {
        List<Delivery> ours = new ArrayList<>();
        for (Delivery each : batch.deliveries()) {
            if (listening.replays().isNotForUs(each.message())) {
                each.settlement().settle();
            } else {
                ours.add(each);
            }
        }
        add(new Chunk(ours, null));
        goOn();
    }

    /** The whole batch was tried, and has failed. */
    void runAfter(Throwable thrown) {
        failed(new Chunk(batch.deliveries(), null), thrown);
        goOn();
    }

    private void goOn() {
        for (Chunk next = todo.poll(); next != null; next = todo.poll()) {
            if (!isDue(next.first())) {
                todo.addFirst(next);
                leave();
            } else {
                attempt(withinReach(next));
            }
        }
        batch.channel().end(listening.container()::isActive);
    }

    /** One message is enough for a probe; the others wait for what becomes of it. */
    private Chunk withinReach(Chunk chunk) {
        if (!listening.doors().isShut() || chunk.deliveries().size() == 1) {
            return chunk;
        }
        todo.addFirst(chunk.part(1, chunk.deliveries().size()));
        return chunk.part(0, 1);
    }

    private boolean isDue(Delivery delivery) {
        boolean free = !deadLetters.isStuck() || deadLetters.awaitFree(delivery);
        long wait = waitNanos;
        waitNanos = 0;
        return free
                && Patience.waits(wait, () -> listening.goesOn(delivery))
                && listening.doors().awaitAdmission(() -> listening.goesOn(delivery));
    }

    /** These come again. */
    private void leave() {
        todo.forEach(chunk -> chunk.deliveries().forEach(listening::leave));
        todo.clear();
    }

    private void attempt(Chunk chunk) {
        chunk.deliveries().forEach(each -> each.settlement().again(tried(each)));
        try {
            batch.attempt(chunk.messages());
        } catch (Throwable thrown) {
            failed(chunk, thrown);
            return;
        }
        processed(chunk.deliveries());
    }

    private void processed(List<Delivery> deliveries) {
        busy = 0;
        for (Delivery each : deliveries) {
            listening.returned(each);
            each.settlement().processed();
            listening.queue(each).processed().increment();
        }
        if (batch.channel().commit()) {
            deliveries.forEach(listening::committed);
        }
    }

    private void failed(Chunk whole, Throwable thrown) {
        Throwable failure = Thrown.bearable(thrown);
        if (Thrown.asksForAcknowledgement(failure)) {
            whole.deliveries().forEach(listening::askedToAcknowledge);
            processed(whole.deliveries());
            return;
        }
        Chunk chunk = unsettled(whole, failure);
        if (chunk.deliveries().isEmpty()) {
            return;
        }
        List<Integer> places = SaidToFail.in(thrown, chunk.messages());
        ClosedDoor closed = listening.doors().failed(chunk.first(), failure);
        if (closed != null) {
            rejected(chunk, closed);
        } else if (failure instanceof Unconverted unconverted) {
            notConverted(chunk, unconverted);
        } else if (isSaid(places, chunk)) {
            failedAt(chunk, places, failure);
        } else {
            failedTogether(chunk, failure);
        }
    }

    /** That was no attempt. */
    private void rejected(Chunk chunk, ClosedDoor closed) {
        if (closed.isBusy()) {
            waitNanos = NextAttempt.busy(busy++, Tried.notYet()).waitNanos();
        }
        todo.addFirst(chunk);
    }

    /** All of them are what everybody has who wraps an exception, unless the listener has told some from others before. */
    private boolean isSaid(List<Integer> places, Chunk chunk) {
        tells |= !places.isEmpty() && places.size() < chunk.deliveries().size();
        return tells && !places.isEmpty();
    }

    /** Without those that the listener has settled by itself before it failed. */
    private Chunk unsettled(Chunk chunk, Throwable failure) {
        Set<Delivery> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Delivery each : chunk.deliveries()) {
            if (!each.settlement().failed()) {
                settled.add(each);
            }
        }
        if (settled.size() == chunk.deliveries().size()) {
            listening.settledByListener(chunk.first(), failure);
        }
        return settled.isEmpty() ? chunk : chunk.without(settled);
    }

    /** No attempt has been made for the others. */
    private void notConverted(Chunk chunk, Unconverted unconverted) {
        Set<Delivery> guilty = Collections.newSetFromMap(new IdentityHashMap<>());
        chunk.deliveries().stream()
                .filter(each -> unconverted.isIn(each.message()))
                .forEach(guilty::add);
        if (guilty.size() > 1) {
            // Published as one, and which part it is nobody says.
            halve(chunk, null);
            return;
        }
        guilty.forEach(each -> giveUp(each, tried(each).again(), unconverted.why()));
        add(chunk.without(guilty));
    }

    /** The listener has dealt with the others up to the last of these. What is behind that is not known to have been reached. */
    private void failedAt(Chunk chunk, List<Integer> places, Throwable failure) {
        List<Delivery> done = new ArrayList<>();
        List<Delivery> rest = new ArrayList<>();
        int last = places.get(places.size() - 1);
        for (int i = 0; i < chunk.deliveries().size(); i++) {
            Delivery each = chunk.deliveries().get(i);
            if (places.contains(i)) {
                failedAlone(each, failure, rest);
            } else if (i < last) {
                done.add(each);
            } else {
                rest.add(each);
            }
        }
        processed(done);
        add(new Chunk(rest, null));
    }

    /** @param rest what is tried next */
    private void failedAlone(Delivery delivery, Throwable failure, List<Delivery> rest) {
        Tried failed = tried(delivery).again();
        if (!isTriedAgain(delivery, failed, failure)) {
            giveUp(delivery, failed, failure);
            return;
        }
        tried.put(delivery, failed);
        rest.add(delivery);
        waitAfter(delivery, failed, failure);
    }

    private boolean isTriedAgain(Delivery delivery, Tried failed, Throwable failure) {
        return DelayedMessages.level(delivery) == 0
                && listening.queue(delivery).retry().allows(failed.attempts(), failure);
    }

    private void giveUp(Delivery delivery, Tried failed, Throwable failure) {
        deadLetters.take(delivery, listening.queue(delivery), failed, failure);
    }

    private Tried tried(Delivery delivery) {
        Tried known = tried.get(delivery);
        return known == null ? Tried.notYet() : known;
    }

    private void failedTogether(Chunk chunk, Throwable failure) {
        Delivery first = chunk.first();
        Tried failed = (chunk.failed() == null ? tried(first) : chunk.failed()).again();
        if (chunk.failed() == null
                && chunk.deliveries().stream().anyMatch(each -> isTriedAgain(each, failed, failure))) {
            chunk.deliveries().forEach(each -> tried.put(each, failed));
            waitAfter(first, failed, failure);
            todo.addFirst(chunk);
        } else if (chunk.deliveries().size() == 1) {
            giveUp(first, failed, failure);
        } else {
            halve(chunk, failed);
        }
    }

    private void halve(Chunk chunk, @Nullable Tried failed) {
        int size = chunk.deliveries().size();
        Chunk known = new Chunk(chunk.deliveries(), failed);
        todo.addFirst(known.part(size / 2, size));
        todo.addFirst(known.part(0, size / 2));
    }

    private void add(Chunk chunk) {
        if (!chunk.deliveries().isEmpty()) {
            todo.addFirst(chunk);
        }
    }

    private void waitAfter(Delivery delivery, Tried failed, Throwable failure) {
        Duration wait = listening.queue(delivery).retry().waitAfter(failed.attempts());
        listening.retried(delivery, failed.attempts(), wait, failure);
        waitNanos = wait.toNanos();
    }
}
