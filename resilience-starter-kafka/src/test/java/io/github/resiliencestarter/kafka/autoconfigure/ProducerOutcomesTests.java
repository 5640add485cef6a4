package io.github.resiliencestarter.kafka.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.OutcomeClassifier;
import io.github.resiliencestarter.Verdict;
import io.github.resiliencestarter.call.outcome.Outcomes;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What Kafka's producer throws, and what that says. */
class ProducerOutcomesTests {

    private static final Verdict NEVER_AND_NEVER_WILL_BE = new Verdict(CallOutcome.NEVER_SENT, false, null);

    private final Outcomes outcomes = new Outcomes(List.of(new ProducerOutcomes()));

    static Stream<Exception> refusals() {
        return Stream.of(
                new RecordTooLargeException(),
                new RecordBatchTooLargeException(),
                new InvalidTopicException(),
                new InvalidRecordException("no key"),
                new InvalidTimestampException("in the future"),
                new UnsupportedForMessageFormatException("headers"),
                new PolicyViolationException("no"),
                new TopicAuthorizationException("orders"),
                new ClusterAuthorizationException("no"),
                new ProducerFencedException("another one"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_the_broker_refuses_it_would_refuse_again(Exception refusal) {
        assertThat(outcomes.of(refusal)).isEqualTo(Verdict.rejected());
    }

    static Stream<Exception> doubts() {
        return Stream.of(
                new TimeoutException("Expiring 1 record(s) for orders-0:120000 ms has passed since batch creation"),
                new NetworkException(),
                new NotEnoughReplicasAfterAppendException("written, but not often enough"),
                new NotLeaderOrFollowerException("after several tries of the client's own"));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void what_may_have_been_written_is_unknown(Exception doubt) {
        assertThat(outcomes.of(doubt)).isEqualTo(Verdict.unknown());
    }

    @Test
    void a_record_for_which_there_was_no_room_was_never_sent() {
        assertThat(outcomes.of(new BufferExhaustedException("full"))).isEqualTo(Verdict.neverSent());
    }

    @Test
    void who_could_not_log_in_has_sent_nothing_and_will_not() {
        assertThat(outcomes.of(new SaslAuthenticationException("who?"))).isEqualTo(NEVER_AND_NEVER_WILL_BE);
    }

    @Test
    void a_record_whose_topic_was_never_seen_was_never_sent() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + nobody,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                100);
        var producers = new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new StringSerializer());
        try {
            Throwable failure = catchThrowable(
                    () -> new KafkaTemplate<>(producers).send("orders", "1").get(5, TimeUnit.SECONDS));
            assertThat(outcomes.of(failure)).isEqualTo(Verdict.neverSent());
        } finally {
            producers.destroy();
        }
    }

    @Test
    void a_record_that_cannot_be_serialized_was_never_sent_and_will_not_be() {
        assertThat(outcomes.of(new SerializationException("no number"))).isEqualTo(NEVER_AND_NEVER_WILL_BE);
    }

    @Test
    void the_host_gets_it_as_a_bean() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(KafkaOutcomesAutoConfiguration.class))
                .run(context ->
                        assertThat(context.getBean(OutcomeClassifier.class)).isInstanceOf(ProducerOutcomes.class));
    }
}
