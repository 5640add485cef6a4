package io.github.resiliencestarter.rabbit.conservation;

import com.rabbitmq.client.ConnectionFactory;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import io.github.resiliencestarter.test.conservation.Conservation;
import io.github.resiliencestarter.test.conservation.ConservationReport;
import io.github.resiliencestarter.test.conservation.ConsumerProcess;
import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.conservation.Numbers;
import io.github.resiliencestarter.test.conservation.ParkedLetters;
import io.github.resiliencestarter.test.conservation.RabbitTransport;
import io.github.resiliencestarter.test.conservation.Repeats;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/** One consumer application with one kind of error handling, at a queue of its own, through a series of faults. */
final class Experiment {

    private final RabbitServer rabbit;
    private final PostgresServer postgres;
    private final QueueType queueType;
    private final ErrorHandling handling;
    private final ConnectionFactory factory = new ConnectionFactory();
    private final String queue = "orders-" + UUID.randomUUID();

    Experiment(RabbitServer rabbit, PostgresServer postgres, QueueType queueType, ErrorHandling handling) {
        this.rabbit = rabbit;
        this.postgres = postgres;
        this.queueType = queueType;
        this.handling = handling;
        factory.setHost(rabbit.host());
        factory.setPort(rabbit.port());
    }

    /**
     * What has come of it.
     *
     * @param repeats why messages were processed again
     * @param letters what is left in the dead letter queue
     */
    record Outcome(
            QueueType queueType, ErrorHandling handling, ConservationReport report, Repeats repeats, Numbers letters) {

        /** Parked messages that could have been processed. */
        List<Long> wronglyParked() {
            return report.parked().stream()
                    .filter(number -> number % ConsumerApplication.POISON_EVERY != 0)
                    .boxed()
                    .toList();
        }

        @Override
        public String toString() {
            return "== " + queueType + ", " + handling + "\n" + report + "\n" + repeats
                    + "\nleft in the dead letter queue: " + letters.size() + " messages, of them more than once: "
                    + letters.repeated().size() + "\nparked more than once: "
                    + report.parked().repeated().size() + "\n";
        }
    }

    Outcome run(long messages, long seed, Function<Faults, List<Disruption>> faults) throws Exception {
        Queues.declare(factory, queue, queueType);
        try (RabbitTransport transport = new RabbitTransport(factory, queue)) {
            if (handling == ErrorHandling.OURS) {
                // a letter that is only in its queue is still on its way
                transport.parked(new ParkedLetters(postgres, queue));
            } else {
                transport.deadLetters(queue + ".dlq");
            }
            Repeats repeats = new Repeats(transport.processed());
            ConsumerProcess consumer = consumer("first", repeats);
            ConsumerProcess second = consumer("second", repeats);
            List<Disruption> all = faults.apply(new Faults(rabbit, postgres, consumer, second, repeats));
            consumer.start();
            try {
                ConservationReport report = Conservation.of(transport)
                        .messages(messages)
                        .seed(seed)
                        .disrupt(all.toArray(Disruption[]::new))
                        .settleWithin(Duration.ofSeconds(120), Duration.ofSeconds(40))
                        .stopConsumers(consumer::stop)
                        .run();
                return new Outcome(
                        queueType,
                        handling,
                        report,
                        repeats,
                        transport.deadLetters(queue + ".dlq").deadLettered());
            } finally {
                consumer.kill();
                second.kill();
            }
        }
    }

    private ConsumerProcess consumer(String name, Repeats repeats) {
        File log = new File("target", "conservation-" + queueType + "-" + handling + "-" + name + ".log");
        return new ConsumerProcess(ConsumerApplication.class, arguments(), log, repeats::add);
    }

    private List<String> arguments() {
        return List.of(
                "--spring.profiles.active=" + handling.name().toLowerCase(Locale.ROOT),
                "--resilience.enabled=" + (handling == ErrorHandling.OURS),
                "--consumer.queue=" + queue,
                "--spring.main.banner-mode=off",
                "--spring.rabbitmq.addresses=" + rabbit.addresses(),
                "--spring.rabbitmq.listener.simple.retry.enabled=" + (handling != ErrorHandling.OURS),
                "--spring.rabbitmq.listener.simple.retry.max-attempts=3",
                "--spring.rabbitmq.listener.simple.retry.initial-interval=1ms",
                "--spring.rabbitmq.publisher-confirm-type=correlated",
                "--spring.rabbitmq.publisher-returns=true",
                "--spring.rabbitmq.template.mandatory=true",
                "--resilience.rabbit.listener.retry.max-attempts=3",
                "--resilience.rabbit.listener.retry.backoff.delay=0",
                "--resilience.rabbit.listener.dead-letter.send-timeout=5s",
                "--resilience.rabbit.listener.dead-letter.queue-type=" + queueType,
                "--resilience.jdbc.initialize-schema=always",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.datasource.password=" + postgres.password(),
                "--spring.datasource.hikari.connection-timeout=2000",
                "--spring.datasource.hikari.data-source-properties.socketTimeout=5");
    }
}
