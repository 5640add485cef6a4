package io.github.resiliencestarter.kafka.conservation;

import io.github.resiliencestarter.test.conservation.KafkaTransport;
import io.github.resiliencestarter.test.conservation.ProcessedNumbers;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

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

    @KafkaListener(topics = "${consumer.topic}", groupId = "${consumer.group}")
    void on(ConsumerRecord<byte[], byte[]> message) throws IOException {
        long number = KafkaTransport.number(message);
        if (number % POISON_EVERY == 0) {
            throw new IllegalStateException("poison: " + number);
        }
        ProcessedNumbers.add(number);
    }

    @Bean
    @Profile("stock")
    DefaultErrorHandler errorHandler(KafkaOperations<?, ?> operations) {
        return new DefaultErrorHandler(
                new DeadLetterPublishingRecoverer(
                        operations,
                        (message, failure) -> new TopicPartition(message.topic() + "-dlq", message.partition())),
                new FixedBackOff(0, 2));
    }
}
