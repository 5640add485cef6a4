package io.github.resiliencestarter.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running Spring Boot application, and the protected remotes in it. */
final class Application {

    private final ConfigurableApplicationContext context;

    private Application(Class<?> configuration) {
        this.context = new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(Settings.properties())
                .run();
    }

    /** Nothing listens to what happens in the breakers and retries. */
    static Application alone() {
        return new Application(Applications.Alone.class);
    }

    /** No meter registry. Still attached: resilience4j's Boot module buffers the events of each breaker and retry. */
    static Application bare() {
        return new Application(Applications.Bare.class);
    }

    /** Actuator and a Prometheus registry, as many services have them, with all of resilience4j's meters. */
    static Application host() {
        return new Application(Applications.Host.class);
    }

    Subject byHand() {
        return ByHand.with(bean(CircuitBreakerRegistry.class), bean(RetryRegistry.class))
                .closing(context::close);
    }

    Subject byHandProxied() {
        return ByHand.proxied(bean(CircuitBreakerRegistry.class), bean(RetryRegistry.class))
                .closing(context::close);
    }

    /** As observable as ours: with a timer of its own. */
    Subject byHandMetered() {
        return metered(byHand());
    }

    Subject byHandProxiedMetered() {
        return metered(byHandProxied());
    }

    private Subject metered(Subject byHand) {
        Protection protection = byHand.protection();
        Timer timer = bean(MeterRegistry.class).timer("by.hand");
        Protection metered = request -> Objects.requireNonNull(timer.recordCallable(() -> protection.call(request)));
        return Subject.of(metered, byHand.circuit()).closing(byHand.resources());
    }

    Subject ours() {
        return subject(bean(Ours.class)::answer, Ours.PLAIN);
    }

    Subject oursTimed() {
        return subject(bean(Ours.class)::answerInTime, Ours.TIMED);
    }

    Subject oursByProgram(String name) {
        Remote remote = new Remote();
        ProtectedCall call = bean(ResilientCalls.class).call(name);
        return subject(request -> call.execute(() -> remote.answer(request), failure -> Remote.FALLBACK), name);
    }

    Subject byHandLater() {
        return ByHandLater.with(bean(CircuitBreakerRegistry.class), bean(RetryRegistry.class))
                .closing(context::close);
    }

    Subject oursLater() {
        return subject(LaterProtection.of(bean(Ours.class)::answerLater), Ours.LATER);
    }

    Subject oursLaterByProgram() {
        Remote remote = new Remote();
        ProtectedCall call = bean(ResilientCalls.class).call(Ours.LATER);
        return subject(
                LaterProtection.of(request -> call.executeAsync(
                        () -> remote.answerLater(request),
                        failure -> CompletableFuture.completedFuture(Remote.FALLBACK))),
                Ours.LATER);
    }

    Subject annotatedLater() {
        prepareAnnotated(Settings.breaker());
        return subject(LaterProtection.of(bean(Annotated.class)::answerLater), Annotated.NAME);
    }

    Subject annotated() {
        return annotated(Settings.breaker());
    }

    /** A rejection without a stack trace, as ours has it by default. */
    Subject annotatedWithoutStackTrace() {
        return annotated(CircuitBreakerConfig.from(Settings.breaker())
                .writableStackTraceEnabled(false)
                .build());
    }

    private Subject annotated(CircuitBreakerConfig config) {
        prepareAnnotated(config);
        return subject(bean(Annotated.class)::answer, Annotated.NAME);
    }

    private void prepareAnnotated(CircuitBreakerConfig config) {
        bean(CircuitBreakerRegistry.class).circuitBreaker(Annotated.NAME, config);
        bean(RetryRegistry.class).retry(Annotated.NAME, Settings.retry());
    }

    Subject springRetried() {
        return Subject.of(bean(SpringRetried.class)::answer).closing(context::close);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    private Subject subject(Protection protection, String breaker) {
        return Subject.of(protection, () -> openCircuit(breaker)).closing(context::close);
    }

    private void openCircuit(String breaker) {
        bean(CircuitBreakerRegistry.class).find(breaker).orElseThrow().transitionToOpenState();
    }
}
