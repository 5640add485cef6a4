package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.listener.DeadLetters.Outcome;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Takes one batch through its listener, in order, as far as it gets. Where the listener says which record has failed, what was
 * before it is done, and the rest goes on from there. Where it does not, the batch is tried again as a whole; when its attempts
 * are used up it is halved until what fails alone is found, and only that is given up. Belongs to one call on one thread.
 */
final class BatchRun<K, V> {

    private final BatchCall<K, V> call;
    private final Listening listening;
    private final RetryMemory memory;
    private final Doors doors;
    private final DeadLetters deadLetters;
    private final List<ConsumerRecord<K, V>> batch;
    private final @Nullable BatchAcknowledgment<K, V> acknowledgment;
    private final Consumer<?, ?> consumer;
    private final @Nullable ConsumerGuard guard;
    /** What has not been dealt with, in order. */
    private final Deque<Chunk<K, V>> todo = new ArrayDeque<>();

    private long took;
    /** How often in a row there was no room for what the listener does. */
    private int busy;
    /** The listener wants the rest later, and has told the container so. */
    private boolean nacked;

    BatchRun(
            BatchCall<K, V> call,
            Listening listening,
            DeadLetters deadLetters,
            List<ConsumerRecord<K, V>> batch,
            @Nullable Acknowledgment acknowledgment,
            Consumer<?, ?> consumer) {
        this.call = call;
        this.listening = listening;
        this.memory = listening.memory();
        this.doors = listening.doors();
        this.deadLetters = deadLetters;
        this.batch = batch;
        this.acknowledgment = BatchAcknowledgment.of(acknowledgment, batch);
        this.consumer = consumer;
        this.guard = listening.guard(consumer);
    }

    /** From the start: nothing was tried yet. */
    void run() {
        List<ConsumerRecord<K, V>> together = new ArrayList<>();
        for (int i = 0; i < batch.size() && !nacked; i++) {
            ConsumerRecord<K, V> record = batch.get(i);
            if (isHeld(record) || listening.replays().isNotForUs(record, listening.source(record))) {
                continue;
            }
            Remembered known = memory.find(Listening.partition(record), record.offset());
            listening.resumed(known == null ? null : known.pause());
            Throwable why = known == null || known.givenUp() == null ? Undeserialized.failure(record) : known.givenUp();
            if (why != null) {
                work(together);
                together = new ArrayList<>();
                // What comes before it may have stopped its partition, or the batch: then it comes again.
                if (!nacked && !isHeld(record)) {
                    giveUp(record, known == null ? Remembered.untried(record.offset()) : known, why, from(i));
                }
            } else {
                together.add(record);
            }
        }
        work(together);
        end();
    }

    private List<ConsumerRecord<K, V>> from(int index) {
        return batch.subList(index, batch.size());
    }

    /** The whole batch was tried, and has failed. */
    void runAfter(Throwable thrown) {
        todo.add(new Chunk<>(batch, null));
        failed(todo.remove(), Thrown.bearable(thrown));
        goOn();
        end();
    }

    private void end() {
        if (acknowledgment != null && !nacked) {
            acknowledgment.end();
        }
    }

    private void work(List<ConsumerRecord<K, V>> records) {
        todo.add(new Chunk<>(records, null));
        goOn();
    }

    private void goOn() {
        while (!todo.isEmpty() && !nacked) {
            Chunk<K, V> next = todo.remove();
            List<ConsumerRecord<K, V>> records =
                    next.records().stream().filter(record -> !isHeld(record)).toList();
            if (!records.isEmpty()) {
                attempt(withinReach(new Chunk<>(records, next.failed())));
            }
        }
    }

    /** One record is enough for a probe; the others wait for what becomes of it. */
    private Chunk<K, V> withinReach(Chunk<K, V> chunk) {
        if (!doors.isShut() || chunk.records().size() == 1) {
            return chunk;
        }
        todo.addFirst(chunk.from(1));
        return chunk.to(1);
    }

    private boolean isHeld(ConsumerRecord<K, V> record) {
        return guard != null && guard.isHeld(Listening.partition(record), record.offset());
    }

    private void attempt(Chunk<K, V> chunk) {
        if (!doors.admits()) {
            holdBack(chunk.records());
            return;
        }
        BatchAcknowledgment<K, V>.@Nullable Part part =
                acknowledgment == null ? null : acknowledgment.part(chunk.records(), () -> resolved(chunk.records()));
        long start = System.nanoTime();
        try {
            call.attempt(chunk.records(), part, consumer);
        } catch (Throwable thrown) {
            took = System.nanoTime() - start;
            failed(chunk, Thrown.bearable(thrown));
            return;
        }
        if (part != null && part.isNacked()) {
            nacked = true;
            return;
        }
        if (part != null) {
            part.processed();
        } else {
            resolved(chunk.records());
        }
        processed(chunk.records());
    }

    private void processed(List<ConsumerRecord<K, V>> records) {
        busy = 0;
        records.forEach(record -> {
            doors.passed(record);
            memory.forget(Listening.partition(record), record.offset());
        });
        listening.processed(records);
    }

    private void resolved(List<ConsumerRecord<K, V>> records) {
        records.forEach(record -> listening.replays().processed(record, listening.source(record)));
    }

    private void failed(Chunk<K, V> chunk, Throwable failure) {
        int index = call.failed(failure, chunk.records());
        int done = Math.max(index, 0);
        ClosedDoor closed = doors.failed(chunk.records().get(done), failure);
        resolved(chunk.to(done).records());
        processed(chunk.to(done).records());
        if (closed != null) {
            rejected(chunk.from(done), closed);
        } else if (index >= 0) {
            failedAt(chunk.from(done).records(), FailedIndex.cause(failure));
        } else {
            failedTogether(chunk, failure);
        }
    }

    /** That was no attempt: what was counted before stays as it was. */
    private void rejected(Chunk<K, V> rest, ClosedDoor closed) {
        List<ConsumerRecord<K, V>> records = rest.records();
        if (!closed.isBusy()) {
            holdBack(records);
            return;
        }
        Remembered known = memory.find(records);
        Remembered before = known == null ? Remembered.untried(records.get(0).offset()) : known;
        NextAttempt next = NextAttempt.busy(busy++, before, closed);
        todo.addFirst(rest);
        if (!listening.patience().waits(guard, next.waitNanos(), took)) {
            hold(Chunk.firstOfEachPartition(records), next, records);
        }
    }

    private void holdBack(List<ConsumerRecord<K, V>> records) {
        if (guard == null) {
            throw new NotYet(remaining(records));
        }
        doors.holdBack(guard, records);
    }

    /** The first of them has failed; the others were not reached, or at least are not known to have been. */
    private void failedAt(List<ConsumerRecord<K, V>> rest, Throwable failure) {
        ConsumerRecord<K, V> record = rest.get(0);
        TopicPartition partition = Listening.partition(record);
        Remembered known = memory.find(partition, record.offset());
        Remembered failed = known == null ? Remembered.firstTime(record.offset()) : known.again();
        RetryPolicy retry = listening.topic(record).retry();
        if (!retry.allows(failed.attempts(), failure)) {
            giveUp(record, failed, failure, rest);
            todo.addFirst(new Chunk<>(rest.subList(1, rest.size()), null));
            return;
        }
        long wait = retried(record, failed.attempts(), retry, failure);
        memory.put(partition, failed);
        todo.addFirst(new Chunk<>(rest, null));
        if (!listening.patience().waits(guard, wait, took)) {
            hold(List.of(record), NextAttempt.in(wait, failed), rest);
        }
    }

    private void failedTogether(Chunk<K, V> chunk, Throwable failure) {
        List<ConsumerRecord<K, V>> records = chunk.records();
        Remembered before = chunk.failed() == null ? memory.find(records) : chunk.failed();
        Remembered failed = before == null ? Remembered.firstTime(records.get(0).offset()) : before.again();
        RetryPolicy retry = listening.topic(records.get(0)).retry();
        if (chunk.failed() == null && retry.allows(failed.attempts(), failure)) {
            long wait = retried(records.get(0), failed.attempts(), retry, failure);
            List<ConsumerRecord<K, V>> firsts = Chunk.firstOfEachPartition(records);
            firsts.forEach(record -> memory.put(Listening.partition(record), failed.of(record.offset())));
            todo.addFirst(new Chunk<>(records, null));
            if (!listening.patience().waits(guard, wait, took)) {
                hold(firsts, NextAttempt.in(wait, failed), records);
            }
        } else if (records.size() == 1) {
            giveUp(records.get(0), failed.of(records.get(0).offset()), failure, records);
        } else {
            int half = records.size() / 2;
            todo.addFirst(new Chunk<>(records.subList(half, records.size()), failed));
            todo.addFirst(new Chunk<>(records.subList(0, half), failed));
        }
    }

    private long retried(ConsumerRecord<K, V> record, int made, RetryPolicy retry, Throwable failure) {
        Duration wait = retry.waitAfter(made);
        listening.retried(record, made, wait, failure);
        return wait.toNanos();
    }

    /** These partitions wait, from these records on; the others go on. */
    private void hold(List<ConsumerRecord<K, V>> records, NextAttempt next, List<ConsumerRecord<K, V>> rest) {
        long due = System.nanoTime() + next.waitNanos();
        for (ConsumerRecord<K, V> record : records) {
            Pause pause = guard == null ? null : listening.pause(record, next);
            memory.put(
                    Listening.partition(record),
                    next.failed().of(record.offset()).dueAt(due, pause));
            if (guard != null && pause != null) {
                guard.hold(Listening.partition(record), record.offset(), Duration.ofNanos(next.waitNanos()));
                listening.observer().paused(pause);
            }
        }
        if (guard == null) {
            throw new NotYet(remaining(rest));
        }
    }

    private void giveUp(
            ConsumerRecord<K, V> record, Remembered failed, Throwable failure, List<ConsumerRecord<K, V>> rest) {
        TopicPartition partition = Listening.partition(record);
        Remembered givenUp = failed.givenUp(failure);
        Outcome outcome = deadLetters.take(record, givenUp, guard);
        if (outcome == Outcome.TAKEN) {
            memory.forget(partition, record.offset());
            return;
        }
        memory.put(partition, givenUp);
        if (outcome == Outcome.REFUSED) {
            throw new NotYet(remaining(rest));
        }
    }

    /** From the first of these to the end of the batch: whatever comes after it was not reached. */
    private List<ConsumerRecord<K, V>> remaining(List<ConsumerRecord<K, V>> rest) {
        return from(batch.indexOf(rest.get(0)));
    }
}
