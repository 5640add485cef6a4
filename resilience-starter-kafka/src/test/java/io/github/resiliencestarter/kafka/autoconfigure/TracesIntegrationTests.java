package io.github.resiliencestarter.kafka.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.replay.Replays;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** A service that traces its listener: from the failed attempt by way of the dead letter and its replay to the next attempt. */
@WithKafka
class TracesIntegrationTests {

    private final String topic = "orders-" + UUID.randomUUID();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        NewTopic orders(@Value("${test.topic}") String topic) {
            return new NewTopic(topic, 1, (short) 1);
        }

        @Bean
        SimpleTracer tracer() {
            return new SimpleTracer();
        }

        @Bean
        Propagator propagator(Tracer tracer) {
            return new TraceParents(tracer);
        }

        /** The simple tracer knows only those spans as current ones that it has not built from a context. */
        @Bean
        PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> receivers(
                SimpleTracer tracer, Propagator propagator) {
            return new PropagatingReceiverTracingObservationHandler<>(tracer, propagator) {
                @Override
                public void onStart(ReceiverContext<?> context) {
                    getTracingContext(context)
                            .setSpan(tracer.nextSpan().name("receive").start());
                }
            };
        }

        @KafkaListener(topics = "${test.topic}")
        void on(String order) {
            throw new IllegalStateException("no stock");
        }
    }

    @Test
    void a_replay_is_linked_to_the_attempt_that_failed_and_the_next_attempt_has_its_context(KafkaServer kafka) {
        try (ConfigurableApplicationContext service = start(kafka)) {
            service.getBean(KafkaTemplate.class).send(topic, "poison");
            DeadLetter failed = letter(service, 0);
            String attempt = spanIn(failed, DeadLetterHeaders.TRACE);
            assertThat(failed.headers().first("traceparent")).isNull();

            service.getBean(Replays.class)
                    .start(new ReplayRequest(LetterFilter.ALL, failed.id(), 0, false, 10, "alice", null));
            DeadLetter again = letter(service, 1);

            SimpleSpan replay = service.getBean(SimpleTracer.class).getSpans().stream()
                    .filter(span -> span.getName().equals("resilience.replay"))
                    .findFirst()
                    .orElseThrow();
            assertThat(replay.getLinks())
                    .extracting(link -> link.getTraceContext().spanId())
                    .containsExactly(attempt);
            assertThat(again.headers().text("traceparent")).isEqualTo(TraceParents.OF_REPLAY);
            assertThat(spanIn(again, DeadLetterHeaders.TRACE)).isNotEqualTo(attempt);
        }
    }

    private static DeadLetter letter(ConfigurableApplicationContext service, int replays) {
        DeadLetterStore store = service.getBean(DeadLetterStore.class);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> store.find(LetterFilter.ALL, null, 10),
                        letters -> letters.stream()
                                .anyMatch(parked -> parked.letter().replayCount() == replays))
                .get(0)
                .letter();
    }

    private static String spanIn(DeadLetter letter, String header) {
        String context = letter.headers().text(header);
        assertThat(context).as(header).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
        return context.split("-")[2];
    }

    private ConfigurableApplicationContext start(KafkaServer kafka) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "spring.kafka.consumer.group-id=" + topic,
                        "spring.kafka.consumer.auto-offset-reset=earliest",
                        "spring.kafka.listener.observation-enabled=true",
                        "spring.datasource.url=jdbc:h2:mem:" + topic + ";DB_CLOSE_DELAY=-1",
                        "resilience.kafka.consumer.retry.max-attempts=1",
                        "resilience.kafka.parking.topics=" + topic + "-dlq",
                        "resilience.kafka.parking.group=" + topic,
                        "test.topic=" + topic)
                .run();
    }

    /** The simple tracer gives the first span of a trace no id, so this writes one for it. */
    private record TraceParents(Tracer tracer) implements Propagator {

        static final String OF_REPLAY = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        @Override
        public List<String> fields() {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
            setter.set(carrier, "traceparent", OF_REPLAY);
        }

        @Override
        public <C> Span.Builder extract(C carrier, Getter<C> getter) {
            return tracer.spanBuilder();
        }
    }
}
