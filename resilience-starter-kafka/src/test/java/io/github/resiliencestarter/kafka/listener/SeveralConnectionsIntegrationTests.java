package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.Servers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

/** A service whose clients connect to several addresses, of one cluster or of two. */
@WithKafka
@ExtendWith(OutputCaptureExtension.class)
class SeveralConnectionsIntegrationTests {

    /** Another one than that of one broker which tests are given. */
    private static final KafkaServer ELSEWHERE = Servers.kafka(2);

    private Host host;

    @AfterAll
    static void stopAnotherCluster() {
        ELSEWHERE.stop();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void listeners_of_another_cluster_than_that_of_the_letters_are_left_alone(
            KafkaServer kafka, CapturedOutput output) {
        host = Host.of(kafka, 1, SingleRecords.class, Other.class)
                .with("test.elsewhere", ELSEWHERE.bootstrapServers())
                .send("poison")
                .start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(output)
                .contains("Listener others is not protected: it consumes from the cluster at ")
                .contains("dead letters are sent to that at " + kafka.bootstrapServers())
                .doesNotContain("Listener orders is not protected");
    }

    @Test
    void letters_stay_in_the_cluster_of_their_source_though_the_producer_is_for_another(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class)
                .with("spring.kafka.producer.bootstrap-servers", ELSEWHERE.bootstrapServers())
                .send("poison")
                .start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Other {

        @Bean
        Object another() {
            return new Object() {
                @KafkaListener(
                        id = "others",
                        topics = "others",
                        autoStartup = "false",
                        properties = "bootstrap.servers=${test.elsewhere}")
                void onOther(ConsumerRecord<String, String> other) {}
            };
        }
    }
}
