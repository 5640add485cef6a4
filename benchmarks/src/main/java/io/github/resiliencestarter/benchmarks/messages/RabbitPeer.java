package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Who handles the messages that fail. All are Spring Boot applications with one listener, one consumer thread and a prefetch of 250. */
enum RabbitPeer {
    /** The stock container on messages that do not fail: nobody can be faster. */
    PLAIN("stock container, no error handling", RabbitApplications.Plain.class),
    /** In the listener's own code: what nobody can beat who confirms what he gives up. */
    BY_HAND("by hand, confirmed later", RabbitApplications.ByHand.class),
    STOCK_CONFIRMS("stock retry, republished with confirms", RabbitApplications.StockConfirms.class),
    STOCK_REJECT("stock retry, rejected to the exchange of the queue", RabbitApplications.StockReject.class),
    OURS("ours", RabbitApplications.Plain.class);

    static final int MAX_ATTEMPTS = 3;

    /** The stock waits in the consumer's thread: five seconds of it for each load. Its rate does not depend on how many there are. */
    static final int POISON_WITH_BACKOFF = 25;

    private final String title;
    private final Class<?> application;

    RabbitPeer(String title, Class<?> application) {
        this.title = title;
        this.application = application;
    }

    String title() {
        return title;
    }

    Class<?> application() {
        return application;
    }

    boolean takes(RabbitLoad load) {
        return switch (this) {
            case PLAIN -> load.messages().poison() == 0;
            case BY_HAND -> load.backoffMillis() == 0;
            default -> true;
        };
    }

    /** Fewer messages for those whom all of them would keep for minutes. */
    RabbitLoad share(RabbitLoad load) {
        return waitsInTheConsumersThread(load) ? load.withMostPoison(POISON_WITH_BACKOFF) : load;
    }

    private boolean waitsInTheConsumersThread(RabbitLoad load) {
        return this != OURS && load.backoffMillis() > 0;
    }

    Map<String, Object> properties(QueueType queueType, long backoffMillis) {
        Map<String, Object> properties = new HashMap<>(Map.of("spring.rabbitmq.listener.simple.prefetch", 250));
        switch (this) {
            case OURS -> {
                properties.put("resilience.rabbit.listener.retry.max-attempts", MAX_ATTEMPTS);
                properties.put("resilience.rabbit.listener.retry.backoff.delay", backoffMillis + "ms");
                properties.put("resilience.rabbit.listener.retry.backoff.multiplier", 1);
                properties.put("resilience.rabbit.listener.retry.backoff.jitter", 0);
                properties.put(
                        "resilience.rabbit.listener.dead-letter.queue-type",
                        queueType.name().toLowerCase(Locale.ROOT));
                properties.put("resilience.rabbit.parking.enabled", false);
            }
            case STOCK_CONFIRMS -> {
                properties.put("resilience.enabled", false);
                properties.put("spring.rabbitmq.publisher-confirm-type", "correlated");
                properties.put("spring.rabbitmq.publisher-returns", true);
                properties.put("spring.rabbitmq.template.mandatory", true);
            }
            default -> properties.put("resilience.enabled", false);
        }
        return properties;
    }
}
