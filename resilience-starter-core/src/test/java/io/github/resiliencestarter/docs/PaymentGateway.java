package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

// tag::gateway[]
@Component
class PaymentGateway {

    private final RestClient http;

    PaymentGateway(RestClient.Builder http) {
        this.http = http.baseUrl("http://localhost:9999").build();
    }

    // tag::charge[]
    @ResilientCall(name = "paymentGateway", fallback = "unavailable", idempotent = true)
    public Receipt charge(Order order) {
        return http.post()
                .uri("/charges")
                .header("Idempotency-Key", order.id())
                .body(order)
                .retrieve()
                .body(Receipt.class);
    }

    private Receipt unavailable(Order order, CallFailure failure) {
        throw new PaymentUnavailableException(order, failure.reason(), failure.exception());
    }
    // end::charge[]
}
// end::gateway[]
