package io.github.resiliencestarter.rabbit.replay;

import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.contract.ReplayCrashContract;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;

/** The long version has more letters. */
@WithPostgres
@WithRabbit
@RequiresCapability(Capability.KILL)
@SpringBootTest(
        classes = ReplayCrashIntegrationTests.Host.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "resilience.jdbc.initialize-schema=always",
            "resilience.dead-letters.replay.enabled=false",
            "resilience.rabbit.parking.enabled=false"
        })
class ReplayCrashIntegrationTests extends ReplayCrashContract {

    @EnableAutoConfiguration
    static class Host {

        final Map<String, Integer> processed = new ConcurrentHashMap<>();

        @Bean
        static Queue ofOne() {
            return QueueBuilder.durable(OF_ONE).quorum().build();
        }

        @Bean
        static Queue ofTwo() {
            return QueueBuilder.durable(OF_TWO).quorum().build();
        }

        @RabbitListener(queues = {OF_ONE, OF_TWO})
        void on(Message message) {
            processed.merge(new String(message.getBody()), 1, Integer::sum);
        }
    }

    private final RabbitServer rabbit;
    private final PostgresServer postgres;

    @Autowired
    private Host host;

    ReplayCrashIntegrationTests(RabbitServer rabbit, PostgresServer postgres) {
        this.rabbit = rabbit;
        this.postgres = postgres;
    }

    @Override
    protected Source source(String name, int number) {
        return new Source.Queue(name, "", name);
    }

    @Override
    protected Map<String, Integer> processed() {
        return host.processed;
    }

    @Override
    protected List<String> properties() {
        return List.of(
                "spring.rabbitmq.addresses=" + rabbit.addresses(),
                "spring.datasource.url=" + postgres.jdbcUrl(),
                "spring.datasource.username=" + postgres.username(),
                "spring.datasource.password=" + postgres.password(),
                "resilience.jdbc.initialize-schema=always",
                "resilience.rabbit.parking.enabled=false");
    }

    @Override
    protected File log() {
        return new File("target/replayer.log");
    }
}
