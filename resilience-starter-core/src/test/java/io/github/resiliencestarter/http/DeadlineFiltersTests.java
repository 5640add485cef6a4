package io.github.resiliencestarter.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.RetriesInside;
import io.github.resiliencestarter.test.time.VirtualTime;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

/** What stands around requests that are answered and that are made, one thread and no server. */
class DeadlineFiltersTests {

    private static final String NAME = "Time-Left";
    private static final int FILTER_OF_SPRING_SECURITY = -100;
    private static final int FILTER_OF_TRACES = Ordered.HIGHEST_PRECEDENCE + 1;

    private final VirtualTime time = new VirtualTime();
    private final DeadlineHeader header = new DeadlineHeader(NAME, ofSeconds(60), time);
    private final DeadlineFilter filter = new DeadlineFilter(header);
    private final DeadlineWebFilter webFilter = new DeadlineWebFilter(header);
    private final DeadlineExchangeFilter exchangeFilter = new DeadlineExchangeFilter(header);
    private final List<CallScope.Captured> seen = new ArrayList<>();
    private final List<ClientRequest> exchanged = new ArrayList<>();

    @AfterEach
    void the_thread_forgets_the_request() {
        assertThat(CallScope.capture()).isSameAs(CallScope.Captured.NONE);
    }

    private static MockHttpServletRequest request(String name, String value) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(name, value);
        return request;
    }

    private CallScope.Captured until(long millis) {
        return new CallScope.Captured(time.nanoTime() + millis * 1_000_000, RetriesInside.ALLOWED);
    }

    @Test
    void what_answers_a_request_is_within_its_time() throws Exception {
        FilterChain chain = (request, response) -> seen.add(CallScope.capture());
        filter.doFilter(request(NAME, "1500"), new MockHttpServletResponse(), chain);
        filter.doFilter(request(NAME, "soon"), new MockHttpServletResponse(), chain);
        filter.doFilter(request("Request-Timeout-Ms", "1500"), new MockHttpServletResponse(), chain);
        assertThat(seen).containsExactly(until(1500), CallScope.Captured.NONE, CallScope.Captured.NONE);
    }

    @Test
    void a_request_that_fails_leaves_nothing_on_the_thread_either() {
        assertThatThrownBy(() ->
                        filter.doFilter(request(NAME, "1500"), new MockHttpServletResponse(), (request, response) -> {
                            throw new ServletException("expected");
                        }))
                .isInstanceOf(ServletException.class);
    }

    @Test
    void a_reactive_request_has_its_time_in_the_context() {
        for (String name : List.of(NAME, "Request-Timeout-Ms")) {
            MockServerWebExchange exchange = MockServerWebExchange.from(
                    MockServerHttpRequest.get("/").header(name, "1500").build());
            webFilter
                    .filter(
                            exchange,
                            same -> Mono.deferContextual(context -> {
                                seen.add(context.getOrDefault(CallScope.KEY, CallScope.Captured.NONE));
                                return Mono.empty();
                            }))
                    .block(ofSeconds(10));
        }
        assertThat(seen).containsExactly(until(1500), CallScope.Captured.NONE);
    }

    @Test
    void the_time_runs_from_before_the_request_is_authenticated_and_after_its_trace_has_begun() {
        assertThat(filter.getOrder()).isGreaterThan(FILTER_OF_TRACES).isLessThan(FILTER_OF_SPRING_SECURITY);
        assertThat(webFilter.getOrder()).isEqualTo(filter.getOrder());
    }

    @Test
    void a_request_says_what_is_left_by_the_name_that_was_chosen_unless_it_says_so_itself() throws Exception {
        assertThat(sent(new MockClientHttpRequest(HttpMethod.GET, URI.create("http://other/"))))
                .containsExactly("1500");
        MockClientHttpRequest own = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://other/"));
        own.getHeaders().set(NAME, "7");
        assertThat(sent(own)).containsExactly("7");
    }

    private List<String> sent(MockClientHttpRequest request) throws Exception {
        try (CallScope.Binding unused = CallScope.bind(until(1500))) {
            new DeadlineInterceptor(header)
                    .intercept(request, new byte[0], (sent, body) -> new MockClientHttpResponse(new byte[0], 200));
        }
        return request.getHeaders().get(NAME);
    }

    /** A request of a reactive client that is subscribed within the one on the thread and has the other in its context. */
    private Mono<ClientResponse> exchange(
            ClientRequest request, CallScope.Captured ofThread, CallScope.@Nullable Captured ofContext) {
        Mono<ClientResponse> answer = exchangeFilter.filter(request, made -> {
            exchanged.add(made);
            return Mono.empty();
        });
        return Mono.<ClientResponse>defer(() -> {
            try (CallScope.Binding unused = CallScope.bind(ofThread)) {
                return Mono.justOrEmpty(answer.contextWrite(
                                context -> ofContext == null ? context : context.put(CallScope.KEY, ofContext))
                        .block(ofSeconds(10)));
            }
        });
    }

    private static ClientRequest.Builder get() {
        return ClientRequest.create(HttpMethod.GET, URI.create("http://other/"));
    }

    @Test
    void a_reactive_request_says_what_is_left_by_its_context_or_else_by_the_thread_that_subscribes() {
        exchange(get().build(), until(1500), null).block();
        exchange(get().build(), until(1500), until(700)).block();
        exchange(get().build(), CallScope.Captured.NONE, until(700)).block();
        exchange(get().build(), until(1500), CallScope.Captured.NONE).block();
        exchange(get().header(NAME, "7").build(), until(1500), null).block();
        assertThat(exchanged)
                .extracting(request -> request.headers().get(NAME))
                .containsExactly(List.of("1500"), List.of("700"), List.of("700"), null, List.of("7"));
    }

    @Test
    void a_reactive_request_that_comes_too_late_is_not_made() {
        assertThatThrownBy(() -> exchange(get().build(), CallScope.Captured.NONE, until(0))
                        .block())
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("GET other");
        assertThat(exchanged).isEmpty();
    }
}
