package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.adapter.BatchMessagingMessageListenerAdapter;

/** A message of a batch could not be converted, so the listener was not called for any of them. */
@SuppressWarnings("serial")
final class Unconverted extends RuntimeException {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final long tag;
    private final Throwable why;

    private Unconverted(long tag, Throwable thrown) {
        super(thrown);
        this.tag = tag;
        this.why = ContainerFailure.unwrapped(thrown);
    }

    /** What has gone wrong. */
    Throwable why() {
        return why;
    }

    /** Whether it is this one, or what was published as one with it. */
    boolean isIn(Message message) {
        return message.getMessageProperties().getDeliveryTag() == tag;
    }

    /**
     * The adapter rejects each message that it cannot convert, so that the broker drops it, and calls its method with the others.
     * Here the rejection fails, and the adapter throws what has gone wrong.
     */
    static void watch(BatchMessagingMessageListenerAdapter adapter, List<Message> messages, Channel given) {
        Rejection rejection = new Rejection(given);
        try {
            adapter.onMessageBatch(messages, ListenerChannel.around(given, rejection));
        } catch (RuntimeException thrown) {
            throw rejection.tag == 0 ? thrown : new Unconverted(rejection.tag, thrown);
        }
    }

    private static final class Rejection implements ListenerChannel.Settling {

        private final Channel given;
        private long tag;

        private Rejection(Channel given) {
            this.given = given;
        }

        @Override
        public void ack(long acknowledged, boolean multiple) throws IOException {
            given.basicAck(acknowledged, multiple);
        }

        @Override
        public void reject(long rejected, boolean multiple, boolean requeue) throws IOException {
            if (isByAdapter()) {
                tag = rejected;
                throw new IOException("The message becomes a dead letter instead");
            }
            given.basicNack(rejected, multiple, requeue);
        }

        /** The method may reject messages as well; then it stands between us and its adapter. */
        private static boolean isByAdapter() {
            Optional<StackFrame> caller = STACK.walk(frames ->
                    frames.filter(frame -> !isOurs(frame.getDeclaringClass())).findFirst());
            return caller.isPresent()
                    && caller.get().getMethodName().equals("onMessageBatch")
                    && BatchMessagingMessageListenerAdapter.class.isAssignableFrom(
                            caller.get().getDeclaringClass());
        }

        private static boolean isOurs(Class<?> type) {
            return Proxy.isProxyClass(type) || type == Rejection.class || type == ListenerChannel.class;
        }
    }
}
