package io.github.resiliencestarter.benchmarks.messages;

import org.aopalliance.aop.Advice;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder.StatelessRetryInterceptorBuilder;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;
import org.springframework.amqp.rabbit.retry.RejectAndDontRequeueRecoverer;
import org.springframework.amqp.rabbit.retry.RepublishMessageRecovererWithConfirms;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.amqp.SimpleRabbitListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The applications of the peers at RabbitMQ. They have no meters, as those at Kafka have none. */
final class RabbitApplications {

    private RabbitApplications() {}

    /** Without error handling, or with ours: that takes nothing but the starter. */
    @Import({PeerApplications.Host.class, Listener.class})
    static class Plain {}

    @Import({PeerApplications.Host.class, RabbitByHand.class})
    static class ByHand {}

    /** The container of Spring Boot with a stateless retry around the listener. */
    static class Stock extends Plain {

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(
                SimpleRabbitListenerContainerFactoryConfigurer configurer,
                ConnectionFactory connectionFactory,
                MessageRecoverer recoverer,
                @Value("${run.backoff}") long backoffMillis) {
            SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
            configurer.configure(factory, connectionFactory);
            factory.setAdviceChain(retry(recoverer, backoffMillis));
            return factory;
        }

        private static Advice retry(MessageRecoverer recoverer, long backoffMillis) {
            StatelessRetryInterceptorBuilder retry = RetryInterceptorBuilder.stateless();
            retry.maxAttempts(RabbitPeer.MAX_ATTEMPTS).recoverer(recoverer);
            if (backoffMillis > 0) {
                retry.backOffOptions(backoffMillis, 1, backoffMillis);
            }
            return retry.build();
        }
    }

    static class StockConfirms extends Stock {

        @Bean
        MessageRecoverer recoverer(RabbitTemplate template, @Value("${run.queue}") String queue) {
            return new RepublishMessageRecovererWithConfirms(
                    template, Queues.deadLetterExchange(queue), queue, ConfirmType.CORRELATED);
        }
    }

    static class StockReject extends Stock {

        @Bean
        MessageRecoverer recoverer() {
            return new RejectAndDontRequeueRecoverer();
        }
    }

    /** Messages as they are: nothing is converted. */
    static class Listener {

        private final CurrentConsumption consumption;

        Listener(CurrentConsumption consumption) {
            this.consumption = consumption;
        }

        @RabbitListener(queues = "${run.queue}")
        void on(Message message) {
            Numbered numbered = Numbered.of(message);
            consumption.process(numbered.number(), numbered.poison());
        }
    }
}
