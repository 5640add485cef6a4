package io.github.resiliencestarter.benchmarks.messages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Lets one peer consume one load, in a queue of its own. */
final class RabbitRun {

    /** Who has done nothing for so long is stuck. */
    private static final long PATIENCE_MILLIS = 15_000;

    private static final long LOOK_EVERY_MILLIS = 50;

    /** The time of the last dead letter is when it is seen, so nobody's end is later than this. */
    private static final long LOOK_FOR_LETTERS_EVERY_MILLIS = 1;

    private final InetSocketAddress broker;
    private final RabbitPeer peer;
    private final RabbitLoad load;
    private final String queue = "orders-" + UUID.randomUUID();
    private final Consumption consumption;
    private long lettersSeen;

    RabbitRun(InetSocketAddress broker, RabbitPeer peer, RabbitLoad load) {
        this.broker = broker;
        this.peer = peer;
        this.load = load;
        this.consumption = new Consumption(load.messages().measuredGood(), RabbitPeer.MAX_ATTEMPTS);
    }

    RabbitMeasured measure() throws Exception {
        try (Queues queues = new Queues(broker.getHostString(), broker.getPort())) {
            queues.create(queue, load.queueType());
            queues.fill(queue, load.messages());
            try (ConfigurableApplicationContext application = start()) {
                IdleCompiler.await();
                application.getBean(RabbitListenerEndpointRegistry.class).start();
                awaitEnd(queues);
            }
            RabbitMeasured measured = measured(queues.readDeadLetters(queue), queues.count(queue));
            queues.delete(queue);
            return measured;
        }
    }

    private RabbitMeasured measured(RabbitLetters letters, long left) {
        return new RabbitMeasured(
                peer,
                load,
                consumption.good(),
                consumption.poisonAttempts(),
                consumption.again(),
                letters.count(),
                letters.missing(load.messages()),
                letters.tooMany(load.messages()),
                left,
                consumption.inFlight().most(),
                Math.max(consumption.ended(), lettersSeen) - consumption.began(),
                consumption.cpuNanos());
    }

    /** The last good message ends the wait for it: from then on dead letters are looked for. */
    private void awaitEnd(Queues queues) throws IOException, InterruptedException {
        long progress = -1;
        long since = System.currentTimeMillis();
        while (System.currentTimeMillis() - since < PATIENCE_MILLIS) {
            // the dead letters are counted when nothing else is left to do, so as not to be measured
            boolean allGood = consumption.awaitAllGood(LOOK_EVERY_MILLIS);
            long letters = allGood ? queues.count(Queues.deadLetterQueue(queue)) : 0;
            if (allGood && letters >= load.messages().measuredPoison()) {
                lettersSeen = letters > 0 ? System.currentTimeMillis() : 0;
                return;
            }
            if (consumption.good() + letters != progress) {
                progress = consumption.good() + letters;
                since = System.currentTimeMillis();
            }
            if (allGood) {
                Thread.sleep(LOOK_FOR_LETTERS_EVERY_MILLIS);
            }
        }
    }

    /** Without its listener: that is for when the compiler is done with the start. */
    private ConfigurableApplicationContext start() {
        ApplicationContextInitializer<GenericApplicationContext> consumer =
                context -> context.registerBean(Consumption.class, () -> consumption);
        Map<String, Object> properties = new HashMap<>(peer.properties(load));
        properties.put("run.queue", queue);
        properties.put("run.backoff", load.backoffMillis());
        properties.put("spring.rabbitmq.listener.simple.auto-startup", false);
        properties.put("spring.rabbitmq.addresses", broker.getHostString() + ":" + broker.getPort());
        return new SpringApplicationBuilder(peer.application())
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .initializers(consumer)
                .properties(properties)
                .run();
    }
}
