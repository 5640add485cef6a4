package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.VerifiedInTime;
import io.github.resiliencestarter.call.CallScope;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.util.AopTestUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@VerifiedInTime
class ReactiveMethodTests {

    private static final HttpRemote REMOTE = new HttpRemote();

    private final ApplicationContextRunner host = host().withPropertyValues(
                    "resilience.defaults.idempotent=true", "resilience.defaults.retry.backoff.delay=0");

    @AfterAll
    static void close() {
        REMOTE.close();
    }

    @ResilientCall("reactive")
    static class Remote {
        final AtomicInteger attempts = new AtomicInteger();

        public Mono<String> mono() {
            return Mono.fromCallable(this::answer);
        }

        public Flux<String> flux() {
            return mono().flux();
        }

        public Publisher<String> publisher() {
            return mono();
        }

        public Flow.Publisher<String> flow() {
            return JdkFlowAdapter.publisherToFlowPublisher(mono());
        }

        public Single<String> single() {
            return Single.fromCallable(this::answer);
        }

        public Flowable<String> flowable() {
            return Flowable.fromCallable(this::answer);
        }

        public Completable completable() {
            return Completable.fromCallable(this::answer);
        }

        @ResilientCall(name = "reactive", fallback = "single")
        public Mono<String> monoOr(String other) {
            return Mono.error(new IOException("down"));
        }

        private String single(String other) {
            return other;
        }

        private String answer() throws IOException {
            if (attempts.incrementAndGet() % 3 != 0) {
                throw new IOException("not yet");
            }
            return "attempt 3";
        }
    }

    @Test
    void whatever_spring_knows_as_reactive_is_protected() {
        host.withBean(Remote.class).run(context -> {
            Remote remote = context.getBean(Remote.class);
            assertThat(remote.mono().block()).isEqualTo("attempt 3");
            assertThat(remote.flux().blockLast()).isEqualTo("attempt 3");
            assertThat(Flux.from(remote.publisher()).blockLast()).isEqualTo("attempt 3");
            assertThat(JdkFlowAdapter.flowPublisherToFlux(remote.flow()).blockLast())
                    .isEqualTo("attempt 3");
            assertThat(remote.single().blockingGet()).isEqualTo("attempt 3");
            assertThat(remote.flowable().blockingFirst()).isEqualTo("attempt 3");
            remote.completable().blockingAwait();
            assertThat(remote.monoOr("other").block()).isEqualTo("other");
            assertThat(AopTestUtils.<Remote>getTargetObject(remote).attempts).hasValue(21);
        });
    }

    static class Foreign {
        @ResilientCall(name = "reactive", fallback = "later")
        public Mono<String> call() {
            return Mono.empty();
        }

        private CompletableFuture<String> later(CallFailure failure) {
            return CompletableFuture.completedFuture("");
        }
    }

    static class OtherElement {
        @ResilientCall(name = "reactive", fallback = "other")
        public Flux<String> call() {
            return Flux.empty();
        }

        private Flux<Integer> other() {
            return Flux.empty();
        }
    }

    @Test
    void a_fallback_of_a_foreign_type_stops_the_start() {
        assertThat(mistakeOf(Foreign.class)).contains("looked for Mono<String> or String later(<an exception>)");
        assertThat(mistakeOf(OtherElement.class)).contains("looked for Flux<String> or String other(<an exception>)");
    }

    static class Streaming {
        @ResilientCall(name = "stream", idempotent = true)
        public Flux<String> call() {
            return Flux.empty();
        }
    }

    @Test
    void a_stream_is_neither_hedged_nor_kept() {
        assertThat(mistakeOf(Streaming.class, "resilience.calls.stream.hedge.delay=1s"))
                .contains("hedge cannot race attempts whose elements the caller sees");
        assertThat(mistakeOf(Streaming.class, "resilience.calls.stream.last-known-good.max-stale=1m"))
                .contains("cannot keep the answer of a method that returns a stream");
    }

    private String mistakeOf(Class<?> bean, String... properties) {
        StringBuilder mistake = new StringBuilder();
        host.withPropertyValues(properties)
                .withBean(bean)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOfSatisfying(
                                ResilienceConfigurationException.class,
                                failure -> mistake.append(failure.getMessage())));
        return mistake.toString();
    }

    interface Prices {
        @ResilientCall(name = "prices", fallback = "unknown")
        @GetExchange("/prices/{item}")
        Mono<String> of(@PathVariable("item") String item);

        default Mono<String> unknown(String item, CallFailure failure) {
            return Mono.just("unknown after " + failure.attempts());
        }
    }

    private ApplicationContextRunner withPrices() {
        WebClient client = WebClient.builder()
                .clientConnector(new JdkClientHttpConnector())
                .baseUrl(REMOTE.url())
                .build();
        return host.withBean(
                Prices.class,
                () -> HttpServiceProxyFactory.builderFor(WebClientAdapter.create(client))
                        .build()
                        .createClient(Prices.class));
    }

    @Test
    void a_reactive_client_of_an_http_interface_is_protected() {
        withPrices().run(context -> {
            REMOTE.failNext(2);
            Mono<String> price = context.getBean(Prices.class).of("pen");
            assertThat(REMOTE.requests()).isEmpty();
            assertThat(price.block()).isEqualTo("price of /prices/pen");
            assertThat(REMOTE.requests()).hasSize(3);
            REMOTE.failNext(9);
            assertThat(price.block()).isEqualTo("unknown after 3");
        });
    }

    @Test
    void no_thread_is_blocked_so_one_thread_makes_many_calls_that_wait_at_the_same_time() {
        withPrices()
                .withPropertyValues("resilience.calls.prices.retry.backoff.delay=300ms")
                .run(context -> {
                    REMOTE.failNext(50);
                    Scheduler single = Schedulers.newSingle("only");
                    try {
                        StepVerifier.create(Flux.range(0, 50)
                                        .flatMap(
                                                i -> context.getBean(Prices.class)
                                                        .of("pen")
                                                        .subscribeOn(single),
                                                50))
                                .expectNextCount(50)
                                .expectComplete()
                                .verify(Duration.ofSeconds(8));
                    } finally {
                        single.dispose();
                    }
                });
    }

    static class Nested {
        @ResilientCall("outer")
        public Mono<Long> outer(Mono<Long> inside) {
            return inside;
        }
    }

    @Test
    void with_automatic_context_propagation_the_deadline_reaches_blocking_code_on_other_threads() {
        host.withPropertyValues("resilience.calls.outer.timeout.total=1h")
                .withBean(Nested.class)
                .run(context -> {
                    Hooks.enableAutomaticContextPropagation();
                    try {
                        Mono<Long> deadline = Mono.just(0)
                                .publishOn(Schedulers.boundedElastic())
                                .map(any -> CallScope.capture().deadline());
                        assertThat(context.getBean(Nested.class).outer(deadline).block())
                                .isNotEqualTo(CallScope.NO_DEADLINE);
                        assertThat(deadline.block()).isEqualTo(CallScope.NO_DEADLINE);
                    } finally {
                        Hooks.disableAutomaticContextPropagation();
                    }
                });
    }
}
