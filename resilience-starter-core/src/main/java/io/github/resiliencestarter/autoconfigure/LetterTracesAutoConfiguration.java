package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.operations.messages.TracedLetters;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Traces of dead letters and replays, where the host traces. */
@AutoConfiguration
@ConditionalOnClass({Tracer.class, Propagator.class})
@Conditional(ResilienceSwitch.On.class)
public class LetterTracesAutoConfiguration {

    /** Asks for the tracer rather than being conditional on it: who makes one, and when, differs from host to host. */
    @Bean
    @ConditionalOnMissingBean
    LetterTraces resilienceLetterTraces(ObjectProvider<Tracer> tracers, ObjectProvider<Propagator> propagators) {
        Tracer tracer = tracers.getIfUnique();
        Propagator propagator = propagators.getIfUnique();
        return tracer == null || propagator == null ? LetterTraces.NONE : new TracedLetters(tracer, propagator);
    }
}
