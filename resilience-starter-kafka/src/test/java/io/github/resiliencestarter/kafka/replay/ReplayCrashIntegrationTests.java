package io.github.resiliencestarter.kafka.replay;

import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.contract.ReplayCrashContract;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;

/** The long version has more letters. */
@WithKafka
@WithPostgres
@RequiresCapability(Capability.KILL)
@SpringBootTest(
        classes = ReplayCrashIntegrationTests.Host.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "resilience.jdbc.initialize-schema=always",
            "resilience.dead-letters.replay.enabled=false",
            "resilience.kafka.parking.enabled=false",
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "spring.kafka.consumer.value-deserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer"
        })
class ReplayCrashIntegrationTests extends ReplayCrashContract {

    private static final String GROUP = "shop";
    private static final int PARTITIONS = 4;

    @EnableAutoConfiguration
    static class Host {

        final Map<String, Integer> processed = new ConcurrentHashMap<>();

        @Bean
        static NewTopic ofOne() {
            return new NewTopic(OF_ONE, PARTITIONS, (short) 1);
        }

        @Bean
        static NewTopic ofTwo() {
            return new NewTopic(OF_TWO, PARTITIONS, (short) 1);
        }

        @KafkaListener(
                topics = {OF_ONE, OF_TWO},
                groupId = GROUP)
        void on(ConsumerRecord<String, byte[]> message) {
            processed.merge(new String(message.value()), 1, Integer::sum);
        }
    }

    private final KafkaServer kafka;
    private final PostgresServer postgres;

    @Autowired
    private Host host;

    ReplayCrashIntegrationTests(KafkaServer kafka, PostgresServer postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    @Override
    protected Source source(String name, int number) {
        return new Source.Topic(GROUP, name, number % PARTITIONS, 1_000_000L + number);
    }

    @Override
    protected Map<String, Integer> processed() {
        return host.processed;
    }

    @Override
    protected List<String> properties() {
        return List.of(
                "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "spring.datasource.url=" + postgres.jdbcUrl(),
                "spring.datasource.username=" + postgres.username(),
                "spring.datasource.password=" + postgres.password(),
                "resilience.jdbc.initialize-schema=always",
                "resilience.kafka.parking.enabled=false");
    }

    @Override
    protected File log() {
        return new File("target/replayer.log");
    }
}
