package io.github.resiliencestarter.rabbit.conservation;

/** Who handles the messages that the listener of a {@link ConsumerApplication} cannot process. */
enum ErrorHandling {
    OURS,
    /** Spring Boot's retry of listeners, with the recoverer that publishes dead letters and waits for the confirm. */
    STOCK_CONFIRMS,
    /** The same retry; then the message is rejected, and the broker dead-letters it. */
    STOCK_REJECT
}
