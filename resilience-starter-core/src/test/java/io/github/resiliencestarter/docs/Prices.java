package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.LastKnownGood;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;

@Component
class Prices {

    private final Function<String, BigDecimal> feed;
    private final ProtectedCall rates;

    Prices(Function<String, BigDecimal> feed, ResilientCalls calls) {
        this.feed = feed;
        this.rates = calls.call("rates");
    }

    // tag::kept[]
    @ResilientCall("prices")
    public BigDecimal price(String product) {
        return feed.apply(product);
    }
    // end::kept[]

    // tag::decides[]
    @ResilientCall(name = "prices", fallback = "oldPrice")
    public BigDecimal priceForOrder(String product) {
        return feed.apply(product);
    }

    private BigDecimal oldPrice(String product, CallFailure failure) {
        LastKnownGood known = failure.lastKnownGood();
        if (known == null || known.age().compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalStateException("No price of " + product, failure.exception());
        }
        return (BigDecimal) known.value();
    }
    // end::decides[]

    // tag::keyed[]
    BigDecimal rate(String currency) {
        return rates.keyedBy(currency).execute(() -> feed.apply(currency));
    }
    // end::keyed[]

    // tag::hedged[]
    /** It only reads, so it may be asked twice. */
    @ResilientCall(name = "stock", idempotent = true)
    public BigDecimal inStock(String product) {
        return feed.apply(product);
    }
    // end::hedged[]

    // tag::pool[]
    @ResilientCall(name = "reports", fallback = "later")
    public String render(String report) {
        return feed.apply(report).toPlainString();
    }

    private String later(String report, CallFailure failure) {
        return failure.reason() == FailureReason.BULKHEAD_FULL ? "come back later" : "failed";
    }
    // end::pool[]
}
