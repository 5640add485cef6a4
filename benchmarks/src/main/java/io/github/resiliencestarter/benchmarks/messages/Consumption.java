package io.github.resiliencestarter.benchmarks.messages;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The business code of all peers, which fails for poison records and does next to nothing for the others. */
final class Consumption {

    static final class PoisonException extends RuntimeException {
        PoisonException(int number) {
            super("record " + number + " cannot be processed");
        }
    }

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final BitSet seen = new BitSet();
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger poisonAttempts = new AtomicInteger();
    private final InFlight inFlight = new InFlight();
    private final AtomicInteger again = new AtomicInteger();
    private final int expected;
    private volatile long began;
    private volatile long ended;
    private volatile long cpuBegan;
    private volatile long cpuEnded;

    Consumption(Load load) {
        this.expected = load.measuredGood();
    }

    /** Called by one consumer thread, and for poison by those of retry topics. */
    void process(ConsumerRecord<byte[], byte[]> message) {
        if (began == 0) {
            began = System.currentTimeMillis();
            cpuBegan = CPU.getCurrentThreadCpuTime();
        }
        int number = ByteBuffer.wrap(message.key()).getInt();
        if (message.value()[0] != 0) {
            if (poisonAttempts.incrementAndGet() % MessagePeer.MAX_ATTEMPTS == 0) {
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
        }
    }

    int good() {
        return good.get();
    }

    int poisonAttempts() {
        return poisonAttempts.get();
    }

    /** How many good records were processed a second time. */
    int again() {
        return again.get();
    }

    boolean hasAllGood() {
        return ended != 0;
    }

    /** When the first record came, in milliseconds since 1970. */
    long began() {
        return began;
    }

    /** Processor time of the consumer thread from the first to the last good record. */
    long cpuNanos() {
        return cpuEnded - cpuBegan;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** When the last good record was processed, in milliseconds since 1970. */
    long ended() {
        return ended;
    }
}
