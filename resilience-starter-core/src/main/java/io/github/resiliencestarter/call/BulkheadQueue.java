package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Asynchronous calls that wait for a slot of a bulkhead, first come, first served, without a thread each. Whoever gives a
 * slot back (synchronous calls and resilience4j's own annotation too) lets resilience4j publish an event, which wakes the
 * first; nobody listens to these events before a call has had to wait. Thread-safe.
 */
final class BulkheadQueue {

    private final Bulkhead bulkhead;
    private final BulkheadSlots slots;
    private final CallClock clock;
    private final long maxWait;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private boolean listens;

    BulkheadQueue(Bulkhead bulkhead, CallClock clock) {
        this.bulkhead = bulkhead;
        this.slots = new BulkheadSlots(bulkhead);
        this.clock = clock;
        this.maxWait = bulkhead.getBulkheadConfig().getMaxWaitDuration().toNanos();
    }

    void enter(AsyncExecution execution, BulkheadStage stage) {
        if (waiters.isEmpty() && slots.tryTake()) {
            stage.entered(execution);
            return;
        }
        execution.leaveThread();
        listen();
        Waiter waiter = new Waiter(execution, stage);
        if (!execution.await(waiter)) {
            stage.fail(execution, execution.cancellation());
            return;
        }
        waiters.add(waiter);
        clock.set(waiter, maxWait);
        wake();
    }

    private synchronized void listen() {
        if (!listens) {
            listens = true;
            bulkhead.getEventPublisher().onCallFinished(event -> wake());
        }
    }

    /**
     * Hands free slots to the first waiters. Who finds a slot, but nobody to take it, gives it back and looks again: a waiter
     * may have come meanwhile and found none.
     */
    private void wake() {
        while (!waiters.isEmpty() && slots.tryTake()) {
            Waiter first = waiters.poll();
            while (first != null && !first.claim()) {
                first = waiters.poll();
            }
            if (first == null) {
                slots.giveBack();
            } else {
                first.cancel();
                first.enters();
            }
        }
    }

    private final class Waiter extends Pending {

        private final BulkheadStage stage;

        Waiter(AsyncExecution execution, BulkheadStage stage) {
            super(execution);
            this.stage = stage;
        }

        /** On a thread of ours: the one that gave the slot back has its own call to end. */
        void enters() {
            execution().continueWith(() -> stage.entered(execution()));
        }

        @Override
        public void run() {
            waiters.remove(this);
            stage.fail(execution(), stage.full());
        }

        @Override
        void abandoned(CancellationException cancellation) {
            waiters.remove(this);
            stage.fail(execution(), cancellation);
        }
    }
}
