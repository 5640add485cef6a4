package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** A service that consumes from several brokers, or virtual hosts. */
@WithRabbit
@ExtendWith(OutputCaptureExtension.class)
class SeveralConnectionsIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void letters_are_sent_by_the_primary_connections_and_listeners_of_others_are_left_alone(
            RabbitServer rabbit, CapturedOutput output) {
        host = Host.of(rabbit, Several.class, SingleMessages.class)
                .send("poison")
                .start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(output)
                .contains("Listener others is not protected: it consumes from " + rabbit.host() + ":" + rabbit.port()
                        + ", virtual host elsewhere")
                .contains("Mark that connection factory as @Primary whose listeners are to be protected")
                .doesNotContain("Listener orders is not protected");
    }

    @Configuration(proxyBeanMethods = false)
    static class Several {

        @Bean
        ConnectionFactory elsewhere(@Value("${spring.rabbitmq.addresses}") String address) {
            CachingConnectionFactory elsewhere = at(address);
            elsewhere.setVirtualHost("elsewhere");
            return elsewhere;
        }

        @Bean
        @Primary
        ConnectionFactory here(@Value("${spring.rabbitmq.addresses}") String address) {
            return at(address);
        }

        private static CachingConnectionFactory at(String address) {
            int colon = address.lastIndexOf(':');
            return new CachingConnectionFactory(
                    address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        }

        @Bean
        SimpleRabbitListenerContainerFactory others(@Qualifier("elsewhere") ConnectionFactory connections) {
            SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
            factory.setConnectionFactory(connections);
            factory.setAutoStartup(false);
            return factory;
        }

        @Bean
        Object another() {
            return new Object() {
                @RabbitListener(id = "others", queues = "others", containerFactory = "others")
                void onOther(String other) {}
            };
        }
    }
}
