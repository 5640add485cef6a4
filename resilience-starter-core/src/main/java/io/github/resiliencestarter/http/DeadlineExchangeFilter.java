package io.github.resiliencestarter.http;

import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.call.CallScope;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Tells the service that a {@code WebClient} calls how long the attempt around still waits: that of Reactor's context, or of the
 * thread that subscribes. A header that the request has already is left alone. Thread-safe.
 */
public final class DeadlineExchangeFilter implements ExchangeFilterFunction {

    private final DeadlineHeader header;

    public DeadlineExchangeFilter(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        if (request.headers().getFirst(header.name()) != null) {
            return next.exchange(request);
        }
        return Mono.deferContextual(context -> {
            CallScope.Captured attempt =
                    context.hasKey(CallScope.KEY) ? context.get(CallScope.KEY) : CallScope.capture();
            String value;
            try {
                value = header.valueFor(
                        attempt, request.method() + " " + request.url().getHost());
            } catch (DeadlineExceededException tooLate) {
                return Mono.error(tooLate);
            }
            return next.exchange(
                    value == null
                            ? request
                            : ClientRequest.from(request)
                                    .header(header.name(), value)
                                    .build());
        });
    }
}
