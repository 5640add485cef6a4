package io.github.resiliencestarter.samples.payment.shop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.ResilientCall;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The one class that talks to the gateway, and the only one that knows that it may fail. */
@Component
class PaymentGateway {

    private final RestClient http;
    private final boolean idempotencyKey;

    PaymentGateway(RestClient.Builder http, ShopProperties shop) {
        this.http = http.baseUrl(shop.gatewayUrl().toString()).build();
        this.idempotencyKey = shop.idempotencyKey();
    }

    // tag::gateway[]
    @ResilientCall(name = "paymentGateway", fallback = "unavailable", idempotent = true)
    public void charge(Payment payment) {
        http.post()
                .uri("/payments")
                // a repeated attempt must not charge twice
                .headers(headers -> identify(payment, headers))
                .body(payment)
                .retrieve()
                .onStatus(status -> status.isSameCodeAs(HttpStatus.PAYMENT_REQUIRED), (request, response) -> {
                    throw new PaymentDeclinedException(payment.orderId());
                })
                .toBodilessEntity();
    }

    private void unavailable(Payment payment, CallFailure failure) {
        if (failure.outcome() == CallOutcome.UNKNOWN) {
            throw new PaymentUnknownException(payment.orderId(), failure.exception());
        }
        throw new PaymentUnavailableException(payment.orderId(), failure.reason(), failure.exception());
    }
    // end::gateway[]

    private void identify(Payment payment, HttpHeaders headers) {
        if (idempotencyKey) {
            headers.set("Idempotency-Key", "order-" + payment.orderId());
        }
    }
}
