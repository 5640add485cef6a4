package io.github.resiliencestarter.http;

import io.github.resiliencestarter.call.CallScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets calls that answer a request keep to the time that its sender waits. Early in the chain, for the time runs from the
 * arrival. It is bound to the thread of the request. Thread-safe.
 */
public final class DeadlineFilter extends OncePerRequestFilter implements Ordered {

    /** After what traces a request, before what does something with it. */
    static final int ORDER = HIGHEST_PRECEDENCE + 100;

    private final DeadlineHeader header;

    public DeadlineFilter(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CallScope.Captured scope = header.scopeOf(request.getHeader(header.name()));
        if (scope == null) {
            chain.doFilter(request, response);
            return;
        }
        try (CallScope.Binding bound = CallScope.bind(scope)) {
            chain.doFilter(request, response);
        }
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
