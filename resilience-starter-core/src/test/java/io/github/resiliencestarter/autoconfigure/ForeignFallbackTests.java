package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Where any value will do, another type that answers later is still none: nobody would wait for it. */
class ForeignFallbackTests {

    static class WithMono {
        @ResilientCall(name = "remote", fallback = "recover")
        public CompletableFuture<Object> call() {
            return CompletableFuture.completedFuture("");
        }

        private Mono<Object> recover() {
            return Mono.just("");
        }
    }

    static class WithFuture {
        @ResilientCall(name = "remote", fallback = "recover")
        public Mono<Object> call() {
            return Mono.just("");
        }

        private CompletableFuture<Object> recover() {
            return CompletableFuture.completedFuture("");
        }
    }

    static class WithStage {
        @ResilientCall(name = "remote", fallback = "recover")
        public CompletableFuture<Object> call() {
            return CompletableFuture.completedFuture("");
        }

        private CompletionStage<Object> recover() {
            return CompletableFuture.completedStage("");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {WithMono.class, WithFuture.class})
    void an_answer_of_another_kind_stops_the_start(Class<?> bean) {
        host().withBean(bean)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(bean.getSimpleName() + ".call()")
                        .hasStackTraceContaining("recover"));
    }

    @Test
    void a_stage_is_of_the_same_kind_as_a_future() {
        host().withBean(WithStage.class).run(context -> assertThat(context).hasNotFailed());
    }
}
