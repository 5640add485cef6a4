package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
class Catalogue {

    private final RestClient http;
    private final ProtectedCall search;

    Catalogue(RestClient.Builder http, ResilientCalls calls) {
        this.http = http.baseUrl("http://localhost:9999").build();
        this.search = calls.call("search").idempotent();
    }

    // tag::declared[]
    /** It only reads. */
    @ResilientCall(name = "catalogue", idempotent = true)
    public String find(String product) {
        return http.get().uri("/products/{id}", product).retrieve().body(String.class);
    }

    /** Two of these are two orders. */
    @ResilientCall(name = "catalogue", fallback = "doubtful")
    public String order(String product) {
        return http.post().uri("/orders").body(product).retrieve().body(String.class);
    }

    private String doubtful(String product, CallFailure failure) {
        if (failure.outcome() == CallOutcome.UNKNOWN) {
            return "perhaps ordered; we shall ask, and tell you";
        }
        return "not ordered";
    }
    // end::declared[]

    // tag::programmatic[]
    String search(String words, Function<String, String> engine) {
        return search.execute(() -> engine.apply(words));
    }
    // end::programmatic[]
}
