package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterBrokerTests {

    private final List<Object> asked = new ArrayList<>();
    private final LetterBroker broker = new LetterBroker(at("a:9092, b:9092"), this::cluster);

    private String cluster(Map<String, ?> settings) {
        Object servers = settings.get("bootstrap.servers");
        asked.add(servers);
        return switch (servers.toString()) {
            case "a:9092, b:9092", "inner:9093" -> "main";
            case "down:9092" -> null;
            default -> "other";
        };
    }

    private static Map<String, ?> at(Object servers) {
        return Map.of("bootstrap.servers", servers);
    }

    @Test
    void an_address_in_common_is_enough_and_nobody_is_asked() {
        assertThat(broker.reasonToStandBack(at("B:9092,c:9092"))).isNull();
        assertThat(broker.reasonToStandBack(at(List.of("c:9092", "a:9092")))).isNull();
        assertThat(broker.reasonToStandBack(Map.of())).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void one_cluster_may_have_addresses_that_have_nothing_in_common() {
        assertThat(broker.reasonToStandBack(at("inner:9093"))).isNull();
    }

    @Test
    void who_consumes_from_another_cluster_is_told_where_letters_go_and_clusters_are_asked_once() {
        assertThat(broker.reasonToStandBack(at("c:9092")))
                .isEqualTo("it consumes from the cluster at c:9092, and dead letters are sent to that at a:9092,b:9092."
                        + " Mark that ConsumerFactory as @Primary whose listeners are to be protected");
        assertThat(broker.reasonToStandBack(at("c:9092"))).isNotNull();
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_cluster_that_does_not_answer_costs_no_listener_its_protection() {
        assertThat(broker.reasonToStandBack(at("down:9092"))).isNull();
    }
}
