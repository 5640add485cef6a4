package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class ConsumerProcessIntegrationTests {

    @RepeatedTest(3)
    void what_was_processed_before_a_kill_is_known_after_it(@TempDir Path directory) throws Exception {
        Path progress = Files.write(directory.resolve("progress"), new byte[Long.BYTES]);
        AtomicLong last = new AtomicLong();
        AtomicLong outOfTurn = new AtomicLong();
        ConsumerProcess consumer = new ConsumerProcess(
                TirelessConsumer.class,
                List.of(progress.toString()),
                directory.resolve("log").toFile(),
                number -> {
                    if (last.getAndSet(number) != number - 1) {
                        outOfTurn.incrementAndGet();
                    }
                });
        consumer.start();
        await().until(() -> last.get() > 10_000);

        consumer.kill();

        assertThat(outOfTurn).hasValue(0);
        assertThat(last.get())
                .isGreaterThanOrEqualTo(
                        ByteBuffer.wrap(Files.readAllBytes(progress)).getLong());
    }
}
