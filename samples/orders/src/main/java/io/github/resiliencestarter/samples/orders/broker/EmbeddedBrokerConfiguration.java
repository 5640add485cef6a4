package io.github.resiliencestarter.samples.orders.broker;

import java.util.List;
import org.springframework.boot.autoconfigure.kafka.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** With the profile {@code broker} or {@code rabbit} there is nothing here: there is a broker already. */
@Configuration(proxyBeanMethods = false)
@Profile("!broker & !rabbit")
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
