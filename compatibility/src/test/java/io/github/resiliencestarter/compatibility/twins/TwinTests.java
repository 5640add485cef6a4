package io.github.resiliencestarter.compatibility.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever knows one of the modules for brokers knows the other. */
class TwinTests {

    private static final BrokerModule KAFKA = BrokerModule.kafka();
    private static final BrokerModule RABBIT = BrokerModule.rabbit();

    @Test
    void both_have_the_same_public_types_but_for_what_the_broker_dictates() {
        assertThat(Twin.without(KAFKA.publicTypes(), RABBIT.publicTypes()))
                .as("give it to the other module too, or say in Differences why the broker makes it different")
                .isSubsetOf(Differences.TYPES.keySet());
    }

    @Test
    void both_have_the_same_keys_but_for_what_the_broker_dictates() {
        assertThat(Twin.without(KAFKA.keys(), RABBIT.keys()))
                .as("give it to the other module too, or say in Differences why the broker makes it different")
                .isSubsetOf(Differences.KEYS.keySet());
    }

    @Test
    void no_difference_is_allowed_that_is_not_there() {
        Set<String> allowed = new TreeSet<>(Differences.TYPES.keySet());
        allowed.addAll(Differences.KEYS.keySet());

        allowed.removeAll(Twin.without(KAFKA.publicTypes(), RABBIT.publicTypes()));
        allowed.removeAll(Twin.without(KAFKA.keys(), RABBIT.keys()));

        assertThat(allowed).isEmpty();
    }

    @Test
    void what_only_one_of_them_has_is_found() {
        assertThat(Twin.without(
                        Set.of("KafkaResilience", "deadletter.CompanionTopics", "consumer.Hold"),
                        Set.of("RabbitResilience", "deadletter.CompanionQueues", "listener.Aside")))
                .containsExactly("kafka: consumer.Hold", "rabbit: listener.Aside");
        assertThat(Twin.without(
                        Set.of("consumer", "consumer.dead-letter.create-topics", "parking.topics"),
                        Set.of("listener", "listener.dead-letter.declare-queues", "parking.queues", "parking.size")))
                .containsExactly("rabbit: parking.size");
    }

    @Test
    void a_module_that_could_not_be_read_would_be_noticed() {
        assertThat(KAFKA.publicTypes()).contains("KafkaResilience", "KafkaResilienceProperties$Consumer");
        assertThat(RABBIT.publicTypes()).contains("RabbitResilience", "RabbitResilienceProperties$Listener");
        assertThat(KAFKA.keys()).contains("consumer.retry.backoff.delay");
        assertThat(RABBIT.keys()).contains("listener.retry.backoff.delay");
    }
}
