package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.operations.messages.TracedLetters;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class LetterTracesAutoConfigurationTests {

    @Test
    void a_host_that_traces_has_traces_of_its_letters() {
        host().withBean(Tracer.class, SimpleTracer::new)
                .withBean(Propagator.class, () -> Propagator.NOOP)
                .run(context -> assertThat(context.getBean(LetterTraces.class)).isInstanceOf(TracedLetters.class));
    }

    @Test
    void a_host_that_does_not_trace_pays_nothing() {
        host().run(context -> assertThat(context.getBean(LetterTraces.class)).isSameAs(LetterTraces.NONE));
    }

    @Test
    void a_host_without_the_library_has_none() {
        host().withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LetterTraces.class));
    }
}
