package io.github.resiliencestarter.samples.payment.shop;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.RestClientException;

/** What a customer sees of a failed payment. */
@RestControllerAdvice
class ShopErrors {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(PaymentUnavailableException e) {
        ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "The order cannot be paid at the moment");
        problem.setProperty("reason", e.reason().tag());
        return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, "10").build();
    }

    @ExceptionHandler
    ProblemDetail declined(PaymentDeclinedException e) {
        return problem(HttpStatus.PAYMENT_REQUIRED, "The payment was declined");
    }

    /** Only without the starter: with it, the fallback takes every failure of the gateway. */
    @ExceptionHandler
    ProblemDetail unprotected(RestClientException e) {
        return problem(HttpStatus.BAD_GATEWAY, "The payment gateway failed");
    }

    private static ProblemDetail problem(HttpStatus status, String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
