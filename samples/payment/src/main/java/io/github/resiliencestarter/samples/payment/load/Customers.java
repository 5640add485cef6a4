package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Customers who arrive evenly, order once each, and leave when their patience is at its end. */
final class Customers {

    private static final String ORDER = "{\"productId\": 1, \"quantity\": 1}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest order;

    Customers(URI shop, Duration patience) {
        this.order = HttpRequest.newBuilder(shop.resolve("/orders"))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ORDER))
                .build();
    }

    /** Returns when the last customer has an answer or has left. */
    List<OrderResult> order(int count, Duration arriveWithin) {
        List<CompletableFuture<OrderResult>> results = IntStream.range(0, count)
                .mapToObj(customer -> arriving(arriveWithin.toNanos() * customer / count))
                .toList();
        return results.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<OrderResult> arriving(long afterNanos) {
        Executor arrival = CompletableFuture.delayedExecutor(afterNanos, TimeUnit.NANOSECONDS);
        return CompletableFuture.supplyAsync(System::nanoTime, arrival).thenCompose(this::order);
    }

    private CompletableFuture<OrderResult> order(long start) {
        return http.sendAsync(order, BodyHandlers.discarding())
                .handle((response, failure) -> new OrderResult(
                        failure == null ? kind(response) : kind(failure), Duration.ofNanos(System.nanoTime() - start)));
    }

    private static Kind kind(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 201 -> Kind.CONFIRMED;
            case 202 -> Kind.UNKNOWN;
            default -> Kind.REFUSED;
        };
    }

    private static Kind kind(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof HttpTimeoutException ? Kind.GAVE_UP : Kind.REFUSED;
    }
}
