package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.messaging.parking.LetterConsumer;
import io.github.resiliencestarter.messaging.parking.LetterParking;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters from their queues and parks them. What is acknowledged is in the store. While the store takes nothing, all
 * wait, unacknowledged; a letter that it does not take while it takes others is put into the parking queue, so that it does not keep
 * them waiting for ever. On one thread.
 */
final class ParkingConsumer implements LetterConsumer {

    private static final Logger log = LoggerFactory.getLogger(ParkingConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final LetterQueues queues;
    private final ReceivedLetters received;
    private final LetterParking parking;
    private final ParkingQueues aside;
    private final Duration firstWait;
    private final BlockingQueue<UnparkedLetter> incoming = new LinkedBlockingQueue<>();
    private final Deque<UnparkedLetter> line = new ArrayDeque<>();
    private volatile List<Instant> waiting = List.of();
    private volatile boolean stopped;
    private Duration wait;
    private long waitsUntil;
    private long stored;

    /** @param firstWait until the store is tried again; twice as long each time, and 30 s at most */
    ParkingConsumer(
            LetterQueues queues,
            ReceivedLetters received,
            LetterParking parking,
            ParkingQueues aside,
            Duration firstWait) {
        this.queues = queues;
        this.received = received;
        this.parking = parking;
        this.aside = aside;
        this.firstWait = firstWait;
        this.wait = firstWait;
        this.waitsUntil = System.nanoTime();
    }

    /** Ends when it is stopped, or when the connection is lost: what is not parked by then comes again. */
    @Override
    public void run() {
        try (queues) {
            while (!stopped) {
                queues.consumeMissing(incoming::add);
                round();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException | ShutdownSignalException lost) {
            Refusal why = Refusal.in(lost);
            log.info("Parking has lost its connection to the broker: {}", why == null ? lost.toString() : why.text());
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** From any thread. When the first came of those that are not parked. */
    Optional<Instant> oldest() {
        return Stream.concat(waiting.stream(), incoming.stream().map(UnparkedLetter::receivedAt))
                .min(Instant::compareTo);
    }

    private void round() throws InterruptedException {
        UnparkedLetter next = incoming.poll(line.isEmpty() ? POLL.toMillis() : untilDue(), TimeUnit.MILLISECONDS);
        if (next != null) {
            line.add(next);
            incoming.drainTo(line);
        }
        line.removeIf(letter -> !letter.isOurs());
        note();
        while (!stopped && !line.isEmpty() && System.nanoTime() - waitsUntil >= 0) {
            park(line.remove());
            note();
        }
    }

    private long untilDue() {
        long left = TimeUnit.NANOSECONDS.toMillis(waitsUntil - System.nanoTime());
        return Math.max(1, Math.min(left, POLL.toMillis()));
    }

    private void note() {
        List<Instant> times = new ArrayList<>(line.size());
        line.forEach(letter -> times.add(letter.receivedAt()));
        waiting = times;
    }

    private void park(UnparkedLetter letter) {
        try {
            parking.park(letter.read(received));
        } catch (RuntimeException refused) {
            refused(letter, refused);
            return;
        }
        stored++;
        wait = firstWait;
        acknowledge(letter);
    }

    private void refused(UnparkedLetter letter, RuntimeException why) {
        if (letter.isToBlame(stored) && aside.take(letter)) {
            log.error(
                    "{} was refused by the store again and again, and others were not. It is in {}",
                    letter,
                    aside.name(letter.queue()),
                    why);
            acknowledge(letter);
            return;
        }
        line.add(letter); // behind the others: whether the store takes one of them tells whose fault it is
        waitsUntil = System.nanoTime() + wait.toNanos();
        log.warn(
                "{} can't be parked. It is tried again in {}, and until then it stays in its queue", letter, wait, why);
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
    }

    /** If it fails the letter comes again, and is known. */
    private static void acknowledge(UnparkedLetter letter) {
        try {
            letter.acknowledge();
        } catch (IOException | ShutdownSignalException closed) {
            log.debug("{} is safe, and the broker does not know. It comes again", letter, closed);
        }
    }
}
