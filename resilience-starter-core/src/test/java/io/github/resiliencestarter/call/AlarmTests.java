package io.github.resiliencestarter.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AlarmTests {

    private static Alarm alarm(Consumer<Alarm> ring) {
        return new Alarm() {
            @Override
            protected void ring() {
                ring.accept(this);
            }
        };
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_it_does_may_cancel_it_and_is_told_that_it_rings() {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Alarm alarm = alarm(ringing -> told.complete(ringing.cancel()));
        alarm.ringIfArmed();
        assertThat(told).isCompletedWithValue(true);
        assertThat(alarm.isArmed()).isFalse();
    }

    @Test
    void another_thread_that_cancels_it_waits_until_it_has_rung() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Alarm alarm = alarm(ringing -> {
            began.countDown();
            try {
                end.await();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        CompletableFuture<Void> clock = CompletableFuture.runAsync(alarm::ringIfArmed);
        began.await();
        CompletableFuture<Boolean> rang = new CompletableFuture<>();
        Thread canceller = new Thread(() -> rang.complete(alarm.cancel()));
        canceller.start();
        await().until(() -> isIn("cancel", canceller));
        assertThat(rang).isNotDone();
        end.countDown();
        assertThat(rang.get(10, TimeUnit.SECONDS)).isTrue();
        clock.get(10, TimeUnit.SECONDS);
    }

    private static boolean isIn(String method, Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }
}
