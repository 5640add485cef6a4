package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.util.concurrent.atomic.LongAdder;

/** What holds for one source topic, looked up once. Thread-safe. */
record ListenedTopic(String name, RetryPolicy retry, LongAdder processed) {}
