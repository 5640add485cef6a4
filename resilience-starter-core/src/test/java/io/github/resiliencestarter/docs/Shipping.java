package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

@Component
class Shipping {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ResilientCalls resilientCalls;

    Shipping(ResilientCalls resilientCalls) {
        this.resilientCalls = resilientCalls;
    }

    // tag::track[]
    @ResilientCall(name = "shipping", fallback = "unknown", idempotent = true)
    public CompletableFuture<String> track(String parcel) {
        return http.sendAsync(request(parcel), BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    private String unknown(String parcel, Exception failure) {
        return "unknown";
    }
    // end::track[]

    // tag::program[]
    CompletableFuture<String> trackByProgram(String parcel) {
        return resilientCalls
                .call("shipping")
                .idempotent()
                .executeAsync(
                        () -> http.sendAsync(request(parcel), BodyHandlers.ofString())
                                .thenApply(HttpResponse::body),
                        failure -> CompletableFuture.completedFuture("unknown"));
    }
    // end::program[]

    private static HttpRequest request(String parcel) {
        return HttpRequest.newBuilder(URI.create("http://localhost:9999/parcels/" + parcel))
                .build();
    }
}
