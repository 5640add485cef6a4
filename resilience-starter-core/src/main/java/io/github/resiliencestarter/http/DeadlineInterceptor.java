package io.github.resiliencestarter.http;

import io.github.resiliencestarter.call.CallScope;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Tells the service that a {@code RestClient} or {@code RestTemplate} calls how long the attempt around still waits. A header
 * that the request has already is left alone. Thread-safe.
 */
public final class DeadlineInterceptor implements ClientHttpRequestInterceptor {

    private final DeadlineHeader header;

    public DeadlineInterceptor(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (request.getHeaders().getFirst(header.name()) == null) {
            String target = request.getMethod() + " " + request.getURI().getHost();
            String value = header.valueFor(CallScope.capture(), target);
            if (value != null) {
                request.getHeaders().set(header.name(), value);
            }
        }
        return execution.execute(request, body);
    }
}
