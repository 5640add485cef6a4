package io.github.resiliencestarter.rabbit.publisher;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets the broker confirm, or return, what the host's templates publish, and failures reach the futures of the callers. Done to beans
 * as soon as they are made, for a connection that is open keeps what it was opened with.
 */
public final class ConfirmedPublishing implements BeanPostProcessor {

    /** The property that switches it on. */
    public static final String PROPERTY = "resilience.rabbit.publisher.confirm";

    private static final Logger log = LoggerFactory.getLogger(ConfirmedPublishing.class);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof CachingConnectionFactory factory) {
            confirm(factory);
        } else if (bean instanceof RabbitTemplate template) {
            confirm(template, name);
        }
        return bean;
    }

    private static void confirm(CachingConnectionFactory factory) {
        if (factory.isSimplePublisherConfirms()) {
            throw new ResilienceConfigurationException(List.of(new Problem(
                    PROPERTY,
                    "true needs correlated confirms, and the connection factory has simple ones",
                    "Remove spring.rabbitmq.publisher-confirm-type: simple, or " + PROPERTY)));
        }
        factory.setPublisherConfirmType(ConfirmType.CORRELATED);
        factory.setPublisherReturns(true);
    }

    private static void confirm(RabbitTemplate template, String name) {
        if (template.isChannelTransacted()
                || !(template.getConnectionFactory() instanceof CachingConnectionFactory factory)) {
            log.info(
                    "What {} publishes is not confirmed: {}. Use a template without transactions, with a CachingConnectionFactory",
                    name,
                    template.isChannelTransacted()
                            ? "its channels are transacted"
                            : "its connections have no correlated confirms");
            return;
        }
        confirm(factory); // one that is no bean, too
        template.setMandatory(true);
        template.setCorrelationDataPostProcessor((message, caller) ->
                // A confirm callback of the host is given the host's own data, and knows what to do.
                template.isConfirmListener() ? caller : ConfirmedMessage.of(message, caller));
    }
}
