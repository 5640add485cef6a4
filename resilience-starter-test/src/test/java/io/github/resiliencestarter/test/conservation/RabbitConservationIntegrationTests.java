package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.BlackHole;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.network.Reset;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithRabbit
@Timeout(300)
class RabbitConservationIntegrationTests {

    /** So long nothing more has come when some are lost. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    private final RabbitServer rabbit;
    private final String queue = "orders-" + UUID.randomUUID();
    private final String deadLetters = queue + ".dlq";
    private final ConnectionFactory factory = new ConnectionFactory();
    private final RabbitTransport transport;

    RabbitConservationIntegrationTests(RabbitServer rabbit) throws Exception {
        this.rabbit = rabbit;
        factory.setHost(rabbit.host());
        factory.setPort(rabbit.port());
        factory.setUsername(rabbit.username());
        factory.setPassword(rabbit.password());
        factory.setVirtualHost(rabbit.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        transport = new RabbitTransport(factory, queue);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    @RequiresCapability({Capability.KILL, Capability.PAUSE})
    void a_plain_client_that_acknowledges_what_it_has_processed_loses_nothing() throws Exception {
        declare(Map.of());
        PlainRabbitConsumer consumer = consumer(number -> true);
        PlainRabbitConsumer second = consumer(number -> true);
        consumer.start();
        ConservationReport report = Conservation.of(transport)
                .messages(10_000)
                .disrupt(
                        Disruption.kill(rabbit.node(0)),
                        Disruption.pause(rabbit.node(0)),
                        Disruption.network(rabbit.proxy(), new Cut()),
                        Disruption.network(rabbit.proxy(), new BlackHole()),
                        Disruption.network(rabbit.proxy(), new Reset()),
                        Disruption.of("crash of the consumer", consumer::crash, consumer::start),
                        Disruption.of("one more consumer for a while", second::start, second::crash))
                .stopConsumers(consumer::crash)
                .run();
        assertThat(report).isConserved().wasDisrupted(7);
        assertThat(report.processed().size()).isGreaterThan(5_000);
    }

    @Test
    void messages_that_are_rejected_into_nothing_are_found_out_number_by_number() throws Exception {
        declare(Map.of());
        ConservationReport report = runWithPoison();
        assertThat(report).hasLostExactly(poison());
        assertThatThrownBy(() -> assertThat(report).isConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lost (5): 997, 1994, 2991, 3988, 4985");
    }

    @Test
    void messages_that_are_rejected_into_a_dead_letter_queue_are_not_lost() throws Exception {
        declare(Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", deadLetters));
        ConservationReport report = runWithPoison();
        assertThat(report).isConserved();
        assertThat(report.deadLettered().stream().toArray()).isEqualTo(poison());
    }

    private ConservationReport runWithPoison() {
        Numbers poison = Numbers.of(poison());
        PlainRabbitConsumer consumer = consumer(number -> !poison.contains(number));
        consumer.start();
        return Conservation.of(transport)
                .messages(5_000)
                .disrupt(Disruption.network(rabbit.proxy(), new Reset()))
                .settleWithin(Duration.ofSeconds(60), QUIET)
                .stopConsumers(consumer::crash)
                .run();
    }

    private static long[] poison() {
        return LongStream.rangeClosed(1, 5_000).filter(n -> n % 997 == 0).toArray();
    }

    private PlainRabbitConsumer consumer(LongPredicate business) {
        return new PlainRabbitConsumer(factory, queue, number -> {
            boolean processed = business.test(number);
            if (processed) {
                transport.processed().add(number);
            }
            return processed;
        });
    }

    private void declare(Map<String, Object> arguments) throws Exception {
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(deadLetters, true, false, false, Map.of());
            channel.queueDeclare(queue, true, false, false, arguments);
        }
        transport.deadLetters(deadLetters);
    }
}
