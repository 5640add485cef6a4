package io.github.resiliencestarter.test.fault;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Gives the calls of one request the faults that its header names. What it cannot read is answered with 400 and the reason. */
final class ChaosFilter implements Filter {

    private final String header;
    private final CallFaults faults;

    ChaosFilter(String header, CallFaults faults) {
        this.header = header;
        this.faults = faults;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String value = ((HttpServletRequest) request).getHeader(header);
        if (value == null) {
            chain.doFilter(request, response);
            return;
        }
        Map<String, CallFault> byCall;
        try {
            byCall = ChaosHeader.read(value, faults.clock());
        } catch (RuntimeException unreadable) {
            ((HttpServletResponse) response)
                    .sendError(HttpServletResponse.SC_BAD_REQUEST, header + ": " + unreadable.getMessage());
            return;
        }
        faults.ofRequest().begin(byCall);
        try {
            chain.doFilter(request, response);
        } finally {
            faults.ofRequest().end();
        }
    }
}
