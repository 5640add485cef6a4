package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.http.DeadlineInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class StockClient {

    // tag::client[]
    @Bean
    RestClient stock(DeadlineInterceptor deadline) {
        return RestClient.builder()
                .baseUrl("http://stock")
                .requestInterceptor(deadline)
                .build();
    }
    // end::client[]
}
