package io.github.resiliencestarter.kafka.listener;

/** What happens to a record that does not go straight through its listener. Thread-safe. */
interface SlowPath {

    /**
     * Something may be known about this record.
     *
     * @return whether it was processed; if not, it comes again, or is not for us
     * @throws RuntimeException what the container is to know of its failure
     */
    boolean deliver(Delivery<?, ?> delivery);

    /**
     * The listener was called for this record for the first time, and has failed.
     *
     * @return whether a further attempt has processed it; if not, it comes again
     * @throws RuntimeException what the container is to know of its failure
     */
    boolean afterFirstFailure(Delivery<?, ?> delivery, Throwable thrown);
}
