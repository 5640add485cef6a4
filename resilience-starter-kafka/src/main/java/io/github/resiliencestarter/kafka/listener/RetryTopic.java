package io.github.resiliencestarter.kafka.listener;

import java.time.Duration;

/**
 * A topic in which records of a source topic wait for their next attempt. Immutable.
 *
 * @param level counted from 1
 */
record RetryTopic(String name, String source, int level, Duration delay) {}
