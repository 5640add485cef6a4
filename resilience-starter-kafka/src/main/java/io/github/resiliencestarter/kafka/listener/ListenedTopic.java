package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.retry.DelayLevels;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.util.concurrent.atomic.LongAdder;

/**
 * What holds for one topic, looked up once. Thread-safe.
 *
 * @param source the topic whose settings these are: itself, unless it is a retry topic
 * @param level of the retry topic; 0 for a source topic
 * @param delays the levels in which its records wait that are given up
 */
record ListenedTopic(
        String name, RetryPolicy retry, LongAdder processed, String source, int level, DelayLevels delays) {

    /** Its records have waited, and get one more attempt before they wait longer. */
    ListenedTopic waiting(RetryTopic topic) {
        RetryPolicy once = new RetryPolicy(1, retry.backoff(), retry.retryable());
        return new ListenedTopic(topic.name(), once, processed, source, topic.level(), delays);
    }
}
