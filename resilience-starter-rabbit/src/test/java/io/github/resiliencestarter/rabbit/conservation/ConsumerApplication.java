package io.github.resiliencestarter.rabbit.conservation;

import io.github.resiliencestarter.test.conservation.ProcessedNumbers;
import io.github.resiliencestarter.test.conservation.RabbitTransport;
import java.io.IOException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;
import org.springframework.amqp.rabbit.retry.RepublishMessageRecovererWithConfirms;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;

/** A service in a JVM of its own. One in a hundred messages it cannot process. */
@SpringBootApplication
class ConsumerApplication {

    static final int POISON_EVERY = 100;

    public static void main(String[] arguments) throws IOException {
        ProcessedNumbers.begin();
        new SpringApplicationBuilder(ConsumerApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
        ProcessedNumbers.ready();
    }

    @RabbitListener(queues = "${consumer.queue}")
    void on(Message message) throws IOException {
        long number = message.getMessageProperties().getHeader(RabbitTransport.NUMBER);
        if (number % POISON_EVERY == 0) {
            throw new IllegalStateException("poison: " + number);
        }
        ProcessedNumbers.add(number);
    }

    /** Without it, Spring Boot's retry rejects. */
    @Bean
    @Profile("stock_confirms")
    MessageRecoverer recoverer(RabbitTemplate template, @Value("${consumer.queue}") String queue) {
        return new RepublishMessageRecovererWithConfirms(template, queue + ".dlx", queue, ConfirmType.CORRELATED);
    }
}
