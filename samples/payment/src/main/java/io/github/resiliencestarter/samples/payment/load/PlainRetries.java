package io.github.resiliencestarter.samples.payment.load;

import java.io.IOException;
import org.springframework.boot.web.client.RestClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** What is often written in the place of ours: whatever fails is sent again, up to three times. */
@Configuration(proxyBeanMethods = false)
class PlainRetries implements ClientHttpRequestInterceptor {

    private static final int ATTEMPTS = 3;

    @Bean
    RestClientCustomizer retrying() {
        return client -> client.requestInterceptor(this);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return execution.execute(request, body);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
