package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.adapter.BatchMessagingMessageListenerAdapter;
import org.springframework.amqp.rabbit.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.util.ReflectionUtils;

/** What becomes of messages whose listener has answered with a future that fails. Thread-safe. */
final class AsyncFailures {

    private volatile @Nullable SlowPath slowPath;
    private volatile @Nullable HostListener listener;
    private volatile @Nullable Listening listening;

    /** When it is known who calls the listener again. Before the container starts. */
    void handledBy(MessageListener host, Listening ours, SlowPath retries) {
        slowPath = retries;
        listening = ours;
        BatchCall together = BatchCall.of(host);
        listener = Listeners.isBatch(host)
                ? (message, channel) -> together.attempt(List.of(message), java.util.Objects.requireNonNull(channel))
                : HostListener.of(host);
        if (host instanceof MessagingMessageListenerAdapter adapter
                && !(host instanceof BatchMessagingMessageListenerAdapter)) {
            listenIn(adapter);
        }
    }

    /** @param messages several if they were published as one; then none is tried again, because their tag is settled with the last */
    void failed(AsyncChannel channel, List<Message> messages, Tried before, @Nullable Throwable reason) {
        SlowPath retries = slowPath;
        HostListener called = listener;
        Listening parts = listening;
        Channel shown = channel.shown();
        if (retries == null || called == null || parts == null || shown == null) {
            return;
        }
        Throwable failure = reason == null ? new FailedFuture() : Thrown.unwrapped(reason);
        Settlement one =
                new Acknowledged(channel, messages.get(0).getMessageProperties().getDeliveryTag());
        if (messages.size() == 1) {
            retries.afterLateFailure(
                    new Delivery(called, messages.get(0), shown, channel, one), before, failure);
            return;
        }
        Settlement each = new AcknowledgedTogether(one, messages.size());
        for (Message message : messages) {
            Delivery delivery = new Delivery(called, message, shown, channel, each);
            delivery.settlement().failed();
            parts.deadLetters().take(delivery, parts.queue(delivery), before.again(), failure);
        }
    }

    /**
     * The adapter tells nobody but its error handler why a future has failed. So there is one between, by reflection: what cannot
     * be read or set leaves the letter without its reason.
     */
    private static void listenIn(MessagingMessageListenerAdapter adapter) {
        Field field = ReflectionUtils.findField(MessagingMessageListenerAdapter.class, "errorHandler");
        Field returned = ReflectionUtils.findField(MessagingMessageListenerAdapter.class, "returnExceptions");
        if (field == null || returned == null || !field.trySetAccessible() || !returned.trySetAccessible()) {
            return;
        }
        Object before = ReflectionUtils.getField(field, adapter);
        if (before == null && Boolean.TRUE.equals(ReflectionUtils.getField(returned, adapter))) {
            // Failures are answers, and not ours.
            return;
        }
        Object between = Proxy.newProxyInstance(
                field.getType().getClassLoader(), new Class<?>[] {field.getType()}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(AsyncFailures.class, arguments);
                    }
                    try {
                        if (before == null) {
                            throw (Throwable) arguments[arguments.length - 1];
                        }
                        return method.invoke(before, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw noted(arguments, thrown.getTargetException());
                    } catch (Throwable thrown) {
                        throw noted(arguments, thrown);
                    }
                });
        try {
            field.set(adapter, between);
        } catch (IllegalAccessException impossible) {
            // The letter says that a future has failed, and the log why.
            return;
        }
    }

    private static Throwable noted(@Nullable Object[] arguments, Throwable thrown) {
        Throwable why = Thrown.unwrapped(thrown);
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        for (Object argument : arguments) {
            if (ListenerChannel.of(argument) instanceof AsyncChannel channel && arguments[0] instanceof Message message) {
                channel.failedBecause(message, why);
            }
        }
        return thrown;
    }

    /** Where it is not known why. */
    @SuppressWarnings("serial")
    static final class FailedFuture extends RuntimeException {

        FailedFuture() {
            super("The future that the listener has answered with has failed; the log of its adapter says why", null, false, false);
        }
    }
}
