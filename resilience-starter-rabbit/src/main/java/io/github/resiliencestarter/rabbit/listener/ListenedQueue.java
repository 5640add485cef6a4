package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.retry.DelayLevels;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.util.concurrent.atomic.LongAdder;

/**
 * What holds for one queue, looked up once. Thread-safe.
 *
 * @param delays the levels in which its messages wait that are given up
 */
record ListenedQueue(String name, RetryPolicy retry, LongAdder processed, DelayLevels delays) {}
