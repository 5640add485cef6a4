package io.github.resiliencestarter.samples.payment.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks for /products every 50 ms, whether or not the earlier requests were answered. */
final class ProductProbe implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Queue<CompletableFuture<Duration>> probes = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    ProductProbe(URI shop) {
        request = HttpRequest.newBuilder(shop.resolve("/products"))
                .timeout(PATIENCE)
                .build();
        clock.scheduleAtFixedRate(() -> probes.add(probe()), 0, 50, TimeUnit.MILLISECONDS);
    }

    /** The latencies so far; {@link #PATIENCE} where there was no good answer within it. */
    List<Duration> stop() {
        close();
        return probes.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        clock.shutdown();
    }

    private CompletableFuture<Duration> probe() {
        long start = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.discarding())
                .handle((response, failure) -> failure == null && response.statusCode() == 200
                        ? Duration.ofNanos(System.nanoTime() - start)
                        : PATIENCE);
    }
}
