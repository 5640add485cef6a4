package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.call.outcome.CatalogueClassifier;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** What exceptions of RabbitMQ's client say to calls that publish messages. */
@AutoConfiguration
@ConditionalOnClass(RabbitTemplate.class)
public class RabbitOutcomesAutoConfiguration {

    @Bean
    CatalogueClassifier rabbitProducerOutcomes() {
        return new ProducerOutcomes();
    }
}
