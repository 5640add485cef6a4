package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import java.math.BigDecimal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

// tag::client[]
@HttpExchange("/rates")
interface ExchangeRates {

    @ResilientCall(name = "exchangeRates", fallback = "lastKnown")
    @GetExchange("/{currency}")
    BigDecimal rateOf(@PathVariable("currency") String currency);

    default BigDecimal lastKnown(String currency, CallFailure failure) {
        return BigDecimal.ONE;
    }
}
// end::client[]

@Configuration(proxyBeanMethods = false)
class ExchangeRatesConfiguration {

    // tag::bean[]
    @Bean
    ExchangeRates exchangeRates(RestClient.Builder http) {
        RestClient client = http.baseUrl("https://rates.example.com").build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(ExchangeRates.class);
    }
    // end::bean[]
}

// tag::class-level[]
@ResilientCall("customers")
@HttpExchange("/customers")
interface Customers {

    @GetExchange("/{id}")
    String byId(@PathVariable("id") String id);
}
// end::class-level[]
