package io.github.resiliencestarter.kafka.deadletter;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the broker said to one of several questions.
 *
 * @param value null if it failed, or if there is nothing to say
 * @param failure {@link #NONE} if it did not fail
 */
record Answer<V>(@Nullable V value, Throwable failure) {

    static final Throwable NONE = new Throwable("no failure", null, false, false) {};

    static <V> Answer<V> to(KafkaFuture<V> future) {
        try {
            return new Answer<>(future.get(), NONE);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            return new Answer<>(null, cause == null ? failed : cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer<>(null, interrupted);
        }
    }

    static <K, V> Answer<V> of(Map<K, Answer<V>> answers, K question) {
        Answer<V> answer = answers.get(question);
        return answer == null ? new Answer<>(null, new IllegalStateException("The broker said nothing")) : answer;
    }
}
