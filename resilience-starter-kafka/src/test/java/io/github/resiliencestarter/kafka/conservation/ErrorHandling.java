package io.github.resiliencestarter.kafka.conservation;

/** Who handles the records that the listener of a {@link ConsumerApplication} cannot process. */
enum ErrorHandling {
    OURS,
    /** spring-kafka's own error handler, with its recoverer that publishes dead letters. */
    STOCK
}
