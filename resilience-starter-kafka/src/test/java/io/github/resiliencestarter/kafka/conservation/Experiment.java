package io.github.resiliencestarter.kafka.conservation;

import io.github.resiliencestarter.test.conservation.Conservation;
import io.github.resiliencestarter.test.conservation.ConservationReport;
import io.github.resiliencestarter.test.conservation.ConsumerProcess;
import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.conservation.KafkaTransport;
import io.github.resiliencestarter.test.conservation.Numbers;
import io.github.resiliencestarter.test.conservation.ParkedLetters;
import io.github.resiliencestarter.test.conservation.Repeats;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** One consumer application with one kind of error handling, in a topic of its own, through a series of faults. */
final class Experiment {

    private static final int PARTITIONS = 3;
    private static final String BYTES_IN = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    private static final String BYTES_OUT = "org.apache.kafka.common.serialization.ByteArraySerializer";

    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final ErrorHandling handling;
    private final String topic = "orders-" + UUID.randomUUID();

    Experiment(KafkaServer kafka, PostgresServer postgres, ErrorHandling handling) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.handling = handling;
    }

    /**
     * What has come of it.
     *
     * @param repeats why messages were processed again
     * @param letters what is in the dead letter topic
     */
    record Outcome(ErrorHandling handling, ConservationReport report, Repeats repeats, Numbers letters) {

        @Override
        public String toString() {
            return "== " + handling + "\n" + report + "\n" + repeats + "\nin the dead letter topic: " + letters.size()
                    + " messages, of them more than once: "
                    + letters.repeated().size() + "\n";
        }
    }

    Outcome run(long messages, long seed, Function<Faults, List<Disruption>> faults) throws Exception {
        createTopics();
        try (KafkaTransport transport = new KafkaTransport(kafka.bootstrapServers(), topic, "billing")) {
            if (handling == ErrorHandling.OURS) {
                // a letter that is only in its topic is still on its way
                transport.parked(new ParkedLetters(postgres, topic));
            } else {
                transport.deadLetters(topic + "-dlq");
            }
            Repeats repeats = new Repeats(transport.processed());
            ConsumerProcess consumer = consumer("first", repeats);
            ConsumerProcess second = consumer("second", repeats);
            List<Disruption> all = faults.apply(new Faults(kafka, postgres, consumer, second, repeats, topic));
            consumer.start();
            try {
                ConservationReport report = Conservation.of(transport)
                        .messages(messages)
                        .seed(seed)
                        .disrupt(all.toArray(Disruption[]::new))
                        .settleWithin(Duration.ofSeconds(120), Duration.ofSeconds(40))
                        .stopConsumers(consumer::stop)
                        .run();
                return new Outcome(handling, report, repeats, lettersInTopic());
            } finally {
                consumer.kill();
                second.kill();
            }
        }
    }

    private Numbers lettersInTopic() {
        try (KafkaTransport reader = new KafkaTransport(kafka.bootstrapServers(), topic, "nobody")) {
            return reader.deadLetters(topic + "-dlq").deadLettered();
        }
    }

    private void createTopics() throws Exception {
        short replicas = (short) Math.min(3, kafka.nodes().size());
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(topic, PARTITIONS, replicas),
                            new NewTopic(topic + "-dlq", PARTITIONS, replicas)))
                    .all()
                    .get();
        }
    }

    private ConsumerProcess consumer(String name, Repeats repeats) {
        File log = new File("target", "conservation-" + handling + "-" + name + ".log");
        return new ConsumerProcess(ConsumerApplication.class, arguments(), log, repeats::add);
    }

    private List<String> arguments() {
        return List.of(
                "--spring.profiles.active=" + (handling == ErrorHandling.STOCK ? "stock" : "ours"),
                "--resilience.enabled=" + (handling == ErrorHandling.OURS),
                "--consumer.topic=" + topic,
                "--consumer.group=billing",
                "--spring.main.banner-mode=off",
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.kafka.consumer.auto-offset-reset=earliest",
                "--spring.kafka.consumer.key-deserializer=" + BYTES_IN,
                "--spring.kafka.consumer.value-deserializer=" + BYTES_IN,
                // who was killed is missed soon
                "--spring.kafka.consumer.properties[session.timeout.ms]=6000",
                "--spring.kafka.consumer.properties[heartbeat.interval.ms]=1000",
                "--spring.kafka.properties[request.timeout.ms]=5000",
                "--spring.kafka.producer.key-serializer=" + BYTES_OUT,
                "--spring.kafka.producer.value-serializer=" + BYTES_OUT,
                "--spring.kafka.producer.properties[delivery.timeout.ms]=10000",
                "--resilience.kafka.consumer.retry.max-attempts=3",
                "--resilience.kafka.consumer.retry.backoff.delay=0",
                "--resilience.kafka.consumer.dead-letter.send-timeout=5s",
                "--resilience.kafka.parking.topics=" + topic + "-dlq",
                "--resilience.kafka.parking.group=parking-" + topic,
                "--resilience.jdbc.initialize-schema=always",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.datasource.password=" + postgres.password(),
                "--spring.datasource.hikari.connection-timeout=2000",
                "--spring.datasource.hikari.data-source-properties.socketTimeout=5");
    }
}
