package io.github.resiliencestarter.kafka.conservation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.resiliencestarter.test.conservation.KafkaTransport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
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

/**
 * A service in a JVM of its own. What it has processed it writes to its standard output, unbuffered: what is in the pipe outlives
 * the process, as what is in a database would. One in a hundred messages it cannot process.
 */
@SpringBootApplication
class ConsumerApplication {

    static final int POISON_EVERY = 100;

    private static final FileOutputStream PROCESSED = new FileOutputStream(FileDescriptor.out);

    static final String READY = "ready";

    public static void main(String[] arguments) throws IOException {
        // the standard output is for the numbers
        System.setOut(System.err);
        endWithParent();
        new SpringApplicationBuilder(ConsumerApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
        PROCESSED.write((READY + "\n").getBytes(US_ASCII));
    }

    /** The parent holds the other end of the standard input, for as long as it lives. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nobody writes
                        }
                    } catch (IOException gone) {
                        // as good as the end
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @KafkaListener(topics = "${consumer.topic}", groupId = "${consumer.group}")
    void on(ConsumerRecord<byte[], byte[]> message) throws IOException {
        long number = KafkaTransport.number(message);
        if (number % POISON_EVERY == 0) {
            throw new IllegalStateException("poison: " + number);
        }
        PROCESSED.write((number + "\n").getBytes(US_ASCII));
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
