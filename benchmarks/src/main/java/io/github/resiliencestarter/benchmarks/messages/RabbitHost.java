package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The application of one peer, with a queue of its own. It stays up while its listener consumes one load after the other, so that
 * what is measured is an application that has run for a while: one that has just started is compiled meanwhile.
 */
final class RabbitHost implements AutoCloseable {

    /** Who has done nothing for so long is stuck. */
    private static final long PATIENCE_MILLIS = 15_000;

    /** A queue that nobody touches for a second hibernates, and is faster then: all of them are to have had the time for it. */
    private static final long SETTLE_MILLIS = 2_500;

    private static final long LOOK_EVERY_MILLIS = 50;

    /** The time of the last dead letter is when it is seen, so nobody's end is later than this. */
    private static final long LOOK_FOR_LETTERS_EVERY_MILLIS = 1;

    private final RabbitPeer peer;
    private final QueueType queueType;
    private final long backoffMillis;
    private final String queue = "orders-" + UUID.randomUUID();
    private final CurrentConsumption current = new CurrentConsumption();
    private final Queues queues;
    private final ConfigurableApplicationContext application;

    RabbitHost(InetSocketAddress broker, RabbitPeer peer, QueueType queueType, long backoffMillis)
            throws IOException, TimeoutException {
        this.peer = peer;
        this.queueType = queueType;
        this.backoffMillis = backoffMillis;
        this.queues = new Queues(broker.getHostString(), broker.getPort());
        queues.create(queue, queueType);
        this.application = start(broker);
    }

    /** In new queues of the same names, so that no load finds what another one has left. */
    RabbitMeasured measure(Load load) throws Exception {
        Consumption consumption = new Consumption(load.measuredGood(), RabbitPeer.MAX_ATTEMPTS);
        current.set(consumption);
        queues.delete(queue);
        queues.create(queue, queueType);
        queues.fill(queue, load);
        Thread.sleep(SETTLE_MILLIS);
        IdleCompiler.await();
        RabbitListenerEndpointRegistry listener = application.getBean(RabbitListenerEndpointRegistry.class);
        listener.start();
        long lettersSeen = awaitEnd(consumption, load);
        listener.stop();
        RabbitLetters letters = queues.readDeadLetters(queue);
        return new RabbitMeasured(
                peer,
                new RabbitLoad(queueType, load, backoffMillis),
                consumption.good(),
                consumption.poisonAttempts(),
                consumption.again(),
                letters.count(),
                letters.missing(load),
                letters.tooMany(load),
                queues.count(queue),
                consumption.inFlight().most(),
                Math.max(consumption.ended(), lettersSeen) - consumption.began(),
                consumption.cpuNanos());
    }

    /**
     * The last good message ends the wait for it: from then on dead letters are looked for.
     *
     * @return when the last dead letter was seen, in milliseconds since 1970; 0 if there is to be none, or if not all came
     */
    private long awaitEnd(Consumption consumption, Load load) throws IOException, InterruptedException {
        long progress = -1;
        long since = System.currentTimeMillis();
        while (System.currentTimeMillis() - since < PATIENCE_MILLIS) {
            // the dead letters are counted when nothing else is left to do, so as not to be measured
            boolean allGood = consumption.awaitAllGood(LOOK_EVERY_MILLIS);
            long letters = allGood ? queues.count(Queues.deadLetterQueue(queue)) : 0;
            if (allGood && letters >= load.measuredPoison()) {
                return letters > 0 ? System.currentTimeMillis() : 0;
            }
            if (consumption.good() + letters != progress) {
                progress = consumption.good() + letters;
                since = System.currentTimeMillis();
            }
            if (allGood) {
                Thread.sleep(LOOK_FOR_LETTERS_EVERY_MILLIS);
            }
        }
        return 0;
    }

    /** Without its listener, which waits for a load. */
    private ConfigurableApplicationContext start(InetSocketAddress broker) {
        ApplicationContextInitializer<GenericApplicationContext> consumption =
                context -> context.registerBean(CurrentConsumption.class, () -> current);
        Map<String, Object> properties = new HashMap<>(peer.properties(queueType, backoffMillis));
        properties.put("run.queue", queue);
        properties.put("run.backoff", backoffMillis);
        properties.put("spring.rabbitmq.listener.simple.auto-startup", false);
        properties.put("spring.rabbitmq.addresses", broker.getHostString() + ":" + broker.getPort());
        return new SpringApplicationBuilder(peer.application())
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .initializers(consumption)
                .properties(properties)
                .run();
    }

    @Override
    public void close() throws IOException {
        application.close();
        queues.delete(queue);
        queues.close();
    }
}
