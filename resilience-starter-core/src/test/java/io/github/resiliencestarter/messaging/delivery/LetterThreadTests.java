package io.github.resiliencestarter.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LetterThreadTests {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<String> refused = new CopyOnWriteArrayList<>();

    private record Sent(String letter, long nanos) {}

    @Test
    void a_letter_goes_at_once_where_it_is_not_worth_to_wait_for_others() throws Exception {
        LetterThread<String> thread = thread(LONG, () -> false);

        thread.add("first");

        assertThat(next().letter()).isEqualTo("first");
        thread.close(LONG);
    }

    @Test
    void the_first_letter_waits_for_others_where_it_is_worth_it() throws Exception {
        LetterThread<String> thread = thread(SHORT, () -> true);
        long begin = System.nanoTime();

        thread.add("first");
        thread.add("second");

        assertThat(next().nanos() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(next().letter()).isEqualTo("second");
        thread.close(LONG);
    }

    @Test
    void when_several_came_together_the_next_one_waits_for_others_as_well() throws Exception {
        AtomicBoolean worth = new AtomicBoolean(true);
        LetterThread<String> thread = thread(SHORT, worth::get);
        thread.add("first");
        thread.add("second");
        next();
        next();
        awaitIdle(thread);
        worth.set(false);
        long begin = System.nanoTime();

        thread.add("third");

        assertThat(next().nanos() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
        thread.close(LONG);
    }

    @Test
    void whoever_has_woken_the_thread_does_not_shorten_the_wait() throws Exception {
        LetterThread<String> thread = thread(SHORT, () -> {
            LockSupport.unpark(Thread.currentThread());
            return true;
        });
        long begin = System.nanoTime();

        thread.add("first");

        assertThat(next().nanos() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
        thread.close(LONG);
    }

    @Test
    void what_was_added_before_it_is_closed_is_sent_and_what_comes_later_is_refused() throws Exception {
        LetterThread<String> thread = thread(SHORT, () -> true);
        thread.add("before");

        thread.close(LONG);
        thread.add("late");

        assertThat(next().letter()).isEqualTo("before");
        assertThat(sent).isEmpty();
        assertThat(refused).containsExactly("late");
    }

    private LetterThread<String> thread(Duration gather, BooleanSupplier worthGathering) {
        return new LetterThread<>(
                gather,
                worthGathering,
                letter -> sent.add(new Sent(letter, System.nanoTime())),
                (String letter, RejectedExecutionException closed) -> refused.add(letter));
    }

    /** What comes while others are being sent goes with them. */
    private static void awaitIdle(LetterThread<String> thread) throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(1);
        thread.execute(idle::countDown);
        assertThat(idle.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private Sent next() throws InterruptedException {
        Sent next = sent.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("a letter that was sent").isNotNull();
        return next;
    }
}
