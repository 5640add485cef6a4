package io.github.resiliencestarter.benchmarks.messages;

import java.util.Map;

/** Who handles the records that fail. All are Spring Boot applications with one listener and one consumer thread. */
enum MessagePeer {
    /** The stock container on records that do not fail: nobody can be faster. */
    PLAIN("stock container, no error handler", PeerApplications.Plain.class, MessagePeer.ALL),
    STOCK("stock DefaultErrorHandler", PeerApplications.Stock.class, 100),
    /** It waits for a quarter of a second and more at each record that fails. */
    STOCK_IN_PLACE("stock, seekAfterError = false", PeerApplications.StockInPlace.class, 30),
    RETRYABLE_TOPIC("stock @RetryableTopic", PeerApplications.WithRetryTopics.class, 100),
    OURS("ours", PeerApplications.Ours.class, MessagePeer.ALL);

    static final int MAX_ATTEMPTS = 3;

    private static final int ALL = Integer.MAX_VALUE;

    private final String title;
    private final Class<?> application;
    private final int mostPoison;

    /** @param mostPoison seconds of work for a slow peer, whose rate does not depend on how many there are */
    MessagePeer(String title, Class<?> application, int mostPoison) {
        this.title = title;
        this.application = application;
        this.mostPoison = mostPoison;
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
        return load.shortened(mostPoison);
    }

    /** Where there is no waiting, the first runs compile for those that are measured. */
    boolean needsWarmUp(Load load) {
        return mostPoison == ALL || load.poison() == 0;
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
