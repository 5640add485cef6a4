package io.github.resiliencestarter.benchmarks.messages;

import java.util.Map;

/** Who handles the records that fail. All are Spring Boot applications with one listener and one consumer thread. */
enum MessagePeer {
    /** The stock container on records that do not fail: nobody can be faster. */
    PLAIN("stock container, no error handler", PeerApplications.Plain.class, false),
    STOCK("stock DefaultErrorHandler", PeerApplications.Stock.class, true),
    STOCK_IN_PLACE("stock, seekAfterError = false", PeerApplications.StockInPlace.class, true),
    RETRYABLE_TOPIC("stock @RetryableTopic", PeerApplications.WithRetryTopics.class, true),
    OURS("ours", PeerApplications.Ours.class, false);

    static final int MAX_ATTEMPTS = 3;

    /** Seconds of work for the slow peers; their rate does not depend on how many there are. */
    private static final int POISON_FOR_SLOW_PEERS = 100;

    private final String title;
    private final Class<?> application;
    private final boolean slow;

    MessagePeer(String title, Class<?> application, boolean slow) {
        this.title = title;
        this.application = application;
        this.slow = slow;
    }

    String title() {
        return title;
    }

    Class<?> application() {
        return application;
    }

    boolean takes(Load load) {
        return this != PLAIN || load.poison() == 0;
    }

    /** Only the first records for those whom all of them would keep for minutes. */
    Load share(Load load) {
        return slow ? load.shortened(POISON_FOR_SLOW_PEERS) : load;
    }

    /** Where there is no waiting, the first run compiles for the second. */
    boolean needsWarmUp(Load load) {
        return !slow || load.poison() == 0;
    }

    Map<String, Object> properties() {
        return this == OURS
                ? Map.of(
                        "resilience.kafka.consumer.retry.max-attempts", MAX_ATTEMPTS,
                        "resilience.kafka.consumer.retry.backoff.delay", "0ms",
                        "resilience.kafka.consumer.dead-letter.suffix", "${run.suffix}",
                        "resilience.kafka.parking.enabled", "false")
                : Map.of("resilience.enabled", "false");
    }
}
