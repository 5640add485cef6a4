package io.github.resiliencestarter.samples.payment.shop;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where the gateway reports a completed payment. It delivers at least once. */
@RestController
class PaymentCallbackController {

    private final Orders orders;

    PaymentCallbackController(Orders orders) {
        this.orders = orders;
    }

    @PostMapping("/payments/callback")
    ResponseEntity<Void> completed(@RequestBody CompletedPayment payment) {
        boolean known = orders.paid(payment.orderId());
        return ResponseEntity.status(known ? HttpStatus.NO_CONTENT : HttpStatus.NOT_FOUND)
                .build();
    }

    record CompletedPayment(long orderId, String paymentId) {}
}
