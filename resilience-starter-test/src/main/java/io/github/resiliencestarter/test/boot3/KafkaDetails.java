package io.github.resiliencestarter.test.boot3;

import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.List;
import org.springframework.boot.autoconfigure.kafka.KafkaConnectionDetails;

/** The way to Kafka. */
public record KafkaDetails(KafkaServer server) implements KafkaConnectionDetails {

    @Override
    public List<String> getBootstrapServers() {
        return List.of(server.bootstrapServers().split(","));
    }
}
