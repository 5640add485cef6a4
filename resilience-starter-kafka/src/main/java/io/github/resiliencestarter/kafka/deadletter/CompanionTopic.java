package io.github.resiliencestarter.kafka.deadletter;

import java.time.Duration;

/**
 * A topic that another one needs beside it: for its dead letters, or for its retries. Immutable.
 *
 * @param source the topic whose partitions and replicas it has
 * @param retention it is created to keep records so long, and reported where it keeps them for less
 */
public record CompanionTopic(String name, String source, Duration retention) {}
