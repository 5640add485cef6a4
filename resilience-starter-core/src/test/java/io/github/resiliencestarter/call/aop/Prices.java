package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** A bean that is only an interface: somebody else makes what answers, at run time. */
interface Prices {

    @ResilientCall("prices")
    @GetExchange("/prices/{item}")
    String of(@PathVariable("item") String item);

    @ResilientCall(name = "prices", fallback = "cached")
    @GetExchange("/cached/{item}")
    String orCached(@PathVariable("item") String item);

    @ResilientCall(name = "prices", fallback = "list::price")
    @GetExchange("/listed/{item}")
    String orListed(@PathVariable("item") String item);

    default String cached(String item, CallFailure failure) {
        return "cached " + item + " after " + failure.attempts() + ", " + secret();
    }

    private String secret() {
        return "privately";
    }

    @GetExchange("/bare/{item}")
    String bare(@PathVariable("item") String item);

    /** The bean {@code list}, which answers for {@link #orListed}. */
    interface Listed {
        default String price(String item) {
            return "listed " + item;
        }
    }

    class PriceList implements Listed {}
}
