package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.WithRedis;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import io.github.resiliencestarter.test.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What Spring Boot configures by itself finds the servers of the test kit, through their proxies. */
@WithKafka
@WithRabbit
@WithPostgres
@WithRedis
@SpringBootTest(
        classes = HostApplication.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "resilience.jdbc.initialize-schema=always")
class ServersTests {

    @Test
    void kafka(
            @Autowired KafkaTemplate<String, String> template,
            @Autowired ConsumerFactory<String, String> consumers,
            KafkaServer server)
            throws Exception {
        template.send("greetings", "hello").get(30, TimeUnit.SECONDS);
        TopicPartition partition = new TopicPartition("greetings", 0);
        try (Consumer<String, String> consumer = consumers.createConsumer("greeted", "")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(30)))
                    .singleElement()
                    .satisfies(greeting -> assertThat(greeting.value()).isEqualTo("hello"));
        }
        assertThat(server.proxy().connectionsAccepted()).isPositive();
    }

    @Test
    void rabbit(@Autowired RabbitTemplate template, @Autowired AmqpAdmin admin, RabbitServer server) {
        admin.declareQueue(new Queue("greetings"));
        template.convertAndSend("greetings", "hello");
        assertThat(template.receiveAndConvert("greetings", 30_000)).isEqualTo("hello");
        assertThat(server.proxy().connectionsAccepted()).isPositive();
    }

    @Test
    void postgres(@Autowired JdbcTemplate template, PostgresServer server) {
        assertThat(template.queryForObject("select version()", String.class))
                .startsWith("PostgreSQL " + server.version());
        assertThat(server.proxy().connectionsAccepted()).isPositive();
    }

    @Test
    void redis(@Autowired StringRedisTemplate template, RedisServer server) {
        template.opsForValue().set("greeting", "hello");
        assertThat(template.opsForValue().get("greeting")).isEqualTo("hello");
        assertThat(server.proxy().connectionsAccepted()).isPositive();
    }
}
