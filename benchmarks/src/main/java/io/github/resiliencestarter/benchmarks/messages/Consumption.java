package io.github.resiliencestarter.benchmarks.messages;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The business code of all peers, which fails for poison messages and does next to nothing for the others. */
final class Consumption {

    static final class PoisonException extends RuntimeException {
        PoisonException(int number) {
            super("message " + number + " cannot be processed");
        }
    }

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final BitSet seen = new BitSet();
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger poisonAttempts = new AtomicInteger();
    private final InFlight inFlight = new InFlight();
    private final AtomicInteger again = new AtomicInteger();
    private final CountDownLatch allGood = new CountDownLatch(1);
    private final int expected;
    private final int maxAttempts;
    private volatile long began;
    private volatile long ended;
    private volatile long cpuBegan;
    private volatile long cpuEnded;

    /**
     * @param expected how many messages can be processed
     * @param maxAttempts how often the others are tried
     */
    Consumption(int expected, int maxAttempts) {
        this.expected = expected;
        this.maxAttempts = maxAttempts;
    }

    /** Called by one consumer thread, and for poison by those that try again later. */
    void process(int number, boolean poison) {
        if (began == 0) {
            began = System.currentTimeMillis();
            cpuBegan = CPU.getCurrentThreadCpuTime();
        }
        if (poison) {
            if (poisonAttempts.incrementAndGet() % maxAttempts == 0) {
                inFlight.givenUp();
            }
            throw new PoisonException(number);
        }
        if (seen.get(number)) {
            again.incrementAndGet();
            return;
        }
        seen.set(number);
        if (good.incrementAndGet() == expected) {
            cpuEnded = CPU.getCurrentThreadCpuTime();
            ended = System.currentTimeMillis();
            allGood.countDown();
        }
    }

    int good() {
        return good.get();
    }

    int poisonAttempts() {
        return poisonAttempts.get();
    }

    /** How many good messages were processed a second time. */
    int again() {
        return again.get();
    }

    boolean hasAllGood() {
        return allGood.getCount() == 0;
    }

    /** Waits for the last good message this long at most; not at all once it has come. */
    boolean awaitAllGood(long millis) throws InterruptedException {
        return allGood.await(millis, TimeUnit.MILLISECONDS);
    }

    /** When the first message came, in milliseconds since 1970. */
    long began() {
        return began;
    }

    /** Processor time of the consumer thread from the first to the last good message. */
    long cpuNanos() {
        return cpuEnded - cpuBegan;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** When the last good message was processed, in milliseconds since 1970. */
    long ended() {
        return ended;
    }
}
