package io.github.resiliencestarter.samples.orders.broker;

import java.util.List;
import org.springframework.boot.autoconfigure.kafka.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** With the profile {@code broker} there is nothing here, and {@code spring.kafka.bootstrap-servers} counts. */
@Configuration(proxyBeanMethods = false)
@Profile("!broker")
class EmbeddedBrokerConfiguration {

    @Bean
    EmbeddedBroker embeddedBroker() {
        return EmbeddedBroker.start();
    }

    @Bean
    KafkaConnectionDetails addressOfEmbeddedBroker(EmbeddedBroker broker) {
        return () -> List.of(broker.address());
    }
}
