package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.outcome.CatalogueClassifier;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** What exceptions of Kafka's producer say to calls that send records. */
@AutoConfiguration
@ConditionalOnClass(Producer.class)
public class KafkaOutcomesAutoConfiguration {

    @Bean
    CatalogueClassifier kafkaProducerOutcomes() {
        return new ProducerOutcomes();
    }
}
