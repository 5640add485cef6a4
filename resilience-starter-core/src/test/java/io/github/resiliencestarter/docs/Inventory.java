package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Component
class Inventory {

    private final WebClient http;

    Inventory(WebClient http) {
        this.http = http;
    }

    // tag::mono[]
    @ResilientCall(name = "stock", fallback = "unknown")
    public Mono<Integer> left(String item) {
        return http.get().uri("/stock/{item}", item).retrieve().bodyToMono(Integer.class);
    }

    private Mono<Integer> unknown(String item, CallFailure failure) {
        return Mono.just(0);
    }
    // end::mono[]

    // tag::flux[]
    @ResilientCall(name = "movements", fallback = "none")
    public Flux<String> movements(String item) {
        return http.get().uri("/stock/{item}/movements", item).retrieve().bodyToFlux(String.class);
    }

    private Flux<String> none(String item, Exception beforeTheFirstElement) {
        return Flux.empty();
    }
    // end::flux[]
}
