package io.github.resiliencestarter.messaging.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.messaging.Pause;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClosedDoorTests {

    private static final CallNotPermittedException OPEN =
            CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("inventory"));

    @Test
    void a_rejection_is_found_behind_any_number_of_wrappers() {
        Throwable wrapped = new IllegalStateException(new RuntimeException("no storage", OPEN));

        assertThat(ClosedDoor.rejecting(wrapped)).isEqualTo(ClosedDoor.open("inventory"));
    }

    @Test
    void a_rejection_is_found_where_a_fallback_has_thrown_an_exception_of_its_own() {
        RuntimeException fromFallback = new IllegalStateException("no fallback either");
        fromFallback.addSuppressed(new RuntimeException(OPEN));

        assertThat(ClosedDoor.rejecting(new RuntimeException(fromFallback))).isEqualTo(ClosedDoor.open("inventory"));
    }

    @Test
    void a_full_bulkhead_and_a_rate_limit_are_busy_doors() {
        Throwable full = BulkheadFullException.createBulkheadFullException(Bulkhead.ofDefaults("stock"));
        Throwable limited = RequestNotPermitted.createRequestNotPermitted(RateLimiter.ofDefaults("quota"));

        assertThat(ClosedDoor.rejecting(new RuntimeException(full)))
                .isEqualTo(new ClosedDoor(Pause.Reason.FULL_BULKHEAD, "stock"))
                .matches(ClosedDoor::isBusy);
        assertThat(ClosedDoor.rejecting(limited))
                .isEqualTo(new ClosedDoor(Pause.Reason.FULL_BULKHEAD, "quota"))
                .matches(ClosedDoor::isBusy);
    }

    @Test
    void any_other_failure_is_no_door_even_if_its_causes_are_a_circle() {
        Throwable one = new IOException("down");
        Throwable other = new IllegalStateException(one);
        one.initCause(other);
        one.addSuppressed(other);

        assertThat(ClosedDoor.rejecting(one)).isNull();
    }
}
