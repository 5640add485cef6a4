package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.retry.MuteFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Listeners that answer with a future. When it fails, the adapter acknowledges the record, says so in the log, and that was it: so
 * the acknowledgment of a failure is kept back until somebody has its dead letter. Until then the container commits nothing beyond
 * the record, because acknowledgments count in their order. Thread-safe.
 */
final class AsyncFailures {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Map<ConsumerRecord<?, ?>, Acknowledgment> keptBack = new ConcurrentHashMap<>();
    private final DeadLetters deadLetters;

    private AsyncFailures(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Null if the listener is not the adapter of a method that answers with a future. */
    static @Nullable AsyncFailures of(Object listener, DeadLetters deadLetters) {
        Object inner = Listeners.innermost(Listeners.unadvised(listener));
        if (!(inner instanceof MessagingMessageListenerAdapter<?, ?> adapter) || !adapter.isAsyncReplies()) {
            return null;
        }
        AsyncFailures failures = new AsyncFailures(deadLetters);
        adapter.setCallbackForAsyncFailure(failures::failed);
        return failures;
    }

    Acknowledgment acknowledgment(ConsumerRecord<?, ?> record, Acknowledgment acknowledgment) {
        return new Acknowledgment() {
            @Override
            public void acknowledge() {
                if (isOfFailure()) {
                    keptBack.put(record, ReplayAcknowledgment.unwrapped(acknowledgment));
                } else {
                    acknowledgment.acknowledge();
                }
            }

            @Override
            public boolean isOutOfOrderCommit() {
                return acknowledgment.isOutOfOrderCommit();
            }
        };
    }

    /**
     * The adapter does not say why it acknowledges, but in which of its methods. The callback comes next, on the same thread. An error
     * handler of the host that acknowledges has dealt with the failure, and is called by the same method; but not by it alone.
     */
    private static boolean isOfFailure() {
        return STACK.walk(frames -> frames.dropWhile(frame -> isOurs(frame.getDeclaringClass()))
                .takeWhile(frame -> MessagingMessageListenerAdapter.class.isAssignableFrom(frame.getDeclaringClass()))
                .anyMatch(frame -> frame.getMethodName().equals("asyncFailure")));
    }

    private static boolean isOurs(Class<?> type) {
        return type.getNestHost() == AsyncFailures.class;
    }

    private void failed(ConsumerRecord<?, ?> record, RuntimeException thrown) {
        Acknowledgment acknowledgment = keptBack.remove(record);
        Remembered failed =
                Remembered.firstTime(record.offset()).givenUp(MuteFailure.unlessAudible(Thrown.unwrapped(thrown)));
        deadLetters.takeAside(record, failed, acknowledgment == null ? () -> {} : acknowledgment::acknowledge);
    }
}
