package io.github.resiliencestarter.benchmarks.messages;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Lets one peer consume one load, with a consumer group and a dead letter topic of its own. */
final class MessageRun {

    /** Who has done nothing for so long is stuck. */
    private static final long PATIENCE_MILLIS = 15_000;

    private static final long LOOK_EVERY_MILLIS = 50;

    private final String bootstrapServers;
    private final MessagePeer peer;
    private final Load load;
    private final String suffix = "-" + UUID.randomUUID();
    private final Consumption consumption;

    MessageRun(String bootstrapServers, MessagePeer peer, Load load) {
        this.bootstrapServers = bootstrapServers;
        this.peer = peer;
        this.load = load;
        this.consumption = new Consumption(load.measuredGood(), MessagePeer.MAX_ATTEMPTS);
    }

    Measured measure() throws Exception {
        String deadLetterTopic = load.topic() + suffix;
        try (Topics topics = new Topics(bootstrapServers)) {
            topics.create(deadLetterTopic);
            try (ConfigurableApplicationContext application = start()) {
                awaitEnd(topics, deadLetterTopic);
            }
            return measured(DeadLetters.read(bootstrapServers, deadLetterTopic, topics.count(deadLetterTopic)));
        }
    }

    private Measured measured(DeadLetters letters) {
        return new Measured(
                peer,
                load,
                consumption.good(),
                consumption.poisonAttempts(),
                consumption.again(),
                letters.count(),
                letters.areExactly(load),
                consumption.inFlight().most(),
                Math.max(consumption.ended(), letters.timeOf(load.measuredPoison())) - consumption.began(),
                consumption.cpuNanos());
    }

    private void awaitEnd(Topics topics, String deadLetterTopic) throws Exception {
        long progress = -1;
        long since = System.currentTimeMillis();
        while (System.currentTimeMillis() - since < PATIENCE_MILLIS) {
            // the topic is asked for when nothing else is left to do, so as not to be measured
            long letters = consumption.hasAllGood() ? topics.count(deadLetterTopic) : 0;
            if (consumption.hasAllGood() && letters >= load.measuredPoison()) {
                return;
            }
            if (consumption.good() + letters != progress) {
                progress = consumption.good() + letters;
                since = System.currentTimeMillis();
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private ConfigurableApplicationContext start() {
        ApplicationContextInitializer<GenericApplicationContext> consumer =
                context -> context.registerBean(Consumption.class, () -> consumption);
        return new SpringApplicationBuilder(peer.application())
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .initializers(consumer)
                .properties(properties())
                .run();
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(peer.properties());
        properties.put("run.topic", load.topic());
        properties.put("run.suffix", suffix);
        properties.put("run.group", "group" + suffix);
        properties.put("spring.kafka.bootstrap-servers", bootstrapServers);
        properties.put("spring.kafka.consumer.auto-offset-reset", "earliest");
        properties.put("spring.kafka.consumer.key-deserializer", ByteArrayDeserializer.class.getName());
        properties.put("spring.kafka.consumer.value-deserializer", ByteArrayDeserializer.class.getName());
        properties.put("spring.kafka.producer.key-serializer", ByteArraySerializer.class.getName());
        properties.put("spring.kafka.producer.value-serializer", ByteArraySerializer.class.getName());
        return properties;
    }
}
