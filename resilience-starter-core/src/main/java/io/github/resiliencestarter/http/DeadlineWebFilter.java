package io.github.resiliencestarter.http;

import io.github.resiliencestarter.call.CallScope;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets calls that answer a request keep to the time that its sender waits. Early in the chain, for the time runs from the
 * arrival. It is in Reactor's context, where calls that return reactive types find it. Thread-safe.
 */
public final class DeadlineWebFilter implements WebFilter, Ordered {

    private final DeadlineHeader header;

    public DeadlineWebFilter(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        CallScope.Captured scope =
                header.scopeOf(exchange.getRequest().getHeaders().getFirst(header.name()));
        Mono<Void> answer = chain.filter(exchange);
        return scope == null ? answer : answer.contextWrite(context -> context.put(CallScope.KEY, scope));
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }
}
