package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.rabbit.RabbitPublisher;
import io.github.resiliencestarter.rabbit.publisher.ConfirmedPublishing;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Messages that are known to be with the broker, where the host asks for it. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration",
            "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
            "org.springframework.boot.rabbitmq.autoconfigure.RabbitAutoConfiguration"
        })
@ConditionalOnClass(RabbitTemplate.class)
@ConditionalOnProperty(name = ConfirmedPublishing.PROPERTY, havingValue = "true")
public class RabbitPublisherAutoConfiguration {

    /** Reaches the templates of both lines of Spring Boot, whose customizers have different names, and those that the host makes. */
    @Bean
    static ConfirmedPublishing rabbitConfirmedPublishing() {
        return new ConfirmedPublishing();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(RabbitTemplate.class)
    RabbitPublisher rabbitPublisher(RabbitTemplate template) {
        return new RabbitPublisher(template);
    }
}
