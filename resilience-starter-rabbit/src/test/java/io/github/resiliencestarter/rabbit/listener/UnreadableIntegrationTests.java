package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.support.postprocessor.GUnzipPostProcessor;
import org.springframework.amqp.support.postprocessor.GZipPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Messages that do not come as far as the listener. */
@WithRabbit
class UnreadableIntegrationTests {

    private static final BasicProperties GZIP = MessageProperties.PERSISTENT_TEXT_PLAIN
            .builder()
            .contentEncoding("gzip")
            .build();

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_cannot_be_decompressed_is_a_dead_letter_as_it_was_sent(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, Compressed.class).start();
        Recorder recorder = host.bean(Recorder.class);
        byte[] good = new GZipPostProcessor()
                .postProcessMessage(new Message("good".getBytes(StandardCharsets.UTF_8)))
                .getBody();
        host.publish(host.queue(), GZIP, "garbage".getBytes(StandardCharsets.UTF_8));
        host.publish(host.queue(), GZIP, good);
        await().until(() -> recorder.seen().contains("good"));
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("garbage"));
        GetResponse letter = host.messages(host.queue() + ".dlq").get(0);
        assertThat(letter.getProps().getContentEncoding()).isEqualTo("gzip");
        assertThat(recorder.seen()).containsExactly("good");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void what_was_published_as_one_and_cannot_be_taken_apart_is_a_dead_letter_as_it_was_sent(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class).start();
        host.sendWith(Map.of("springBatchFormat", "lengthHeader4"), "no length").send("good");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("no length"));
        assertThat(host.messages(host.queue() + ".dlq").get(0).getProps().getHeaders())
                .containsKey("springBatchFormat");
        assertThat(host.bean(Recorder.class).seen()).containsExactly("good");
        assertThat(host.unacknowledged()).isZero();
    }

    @Configuration(proxyBeanMethods = false)
    static class Compressed {

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(ConnectionFactory connections) {
            SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
            factory.setConnectionFactory(connections);
            GUnzipPostProcessor unzip = new GUnzipPostProcessor(true);
            factory.setAfterReceivePostProcessors(unzip);
            return factory;
        }
    }
}
