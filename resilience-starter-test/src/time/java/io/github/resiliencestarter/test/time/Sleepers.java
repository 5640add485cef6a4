package io.github.resiliencestarter.test.time;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads that wait until another one lets time go on. Thread-safe. */
final class Sleepers {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Agenda agenda;
    private final Set<CountDownLatch> asleep = new HashSet<>();

    Sleepers(Agenda agenda) {
        this.agenda = agenda;
    }

    void sleep(long nanos) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Appointment wakeUp = () -> wake(over);
        synchronized (asleep) {
            asleep.add(over);
            agenda.add(wakeUp, nanos);
            asleep.notifyAll();
        }
        try {
            over.await();
        } finally {
            agenda.remove(wakeUp);
            wake(over);
        }
    }

    /** It is awake as soon as its time has come, and not only when its thread runs: a test counts those that still wait. */
    private void wake(CountDownLatch over) {
        synchronized (asleep) {
            asleep.remove(over);
        }
        over.countDown();
    }

    /** Wakes all of them. */
    void wake() {
        synchronized (asleep) {
            Set.copyOf(asleep).forEach(this::wake);
        }
    }

    void await(int threads) throws InterruptedException {
        long giveUpAt = System.nanoTime() + LONGEST_WAIT_NANOS;
        synchronized (asleep) {
            while (asleep.size() < threads) {
                long left = TimeUnit.NANOSECONDS.toMillis(giveUpAt - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException(
                            "After 10 s, " + asleep.size() + " threads wait on virtual time and not " + threads
                                    + "; do they wait on it at all, and after letSleepersWait()?");
                }
                asleep.wait(left);
            }
        }
    }
}
