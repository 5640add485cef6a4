package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.PollFilter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * The host's consumer factory, whose consumers show their container only what is due. A proxy: everything else is the host's, and
 * the interface grows with the versions.
 */
final class RetryConsumers implements InvocationHandler {

    private final ConsumerFactory<?, ?> host;
    private final PollFilter due;

    private RetryConsumers(ConsumerFactory<?, ?> host, PollFilter due) {
        this.host = host;
        this.due = due;
    }

    @SuppressWarnings("unchecked") // a proxy of the same interface around the same factory
    static <K, V> ConsumerFactory<K, V> of(ConsumerFactory<K, V> host, PollFilter due) {
        return (ConsumerFactory<K, V>) Proxy.newProxyInstance(
                RetryConsumers.class.getClassLoader(),
                new Class<?>[] {ConsumerFactory.class},
                new RetryConsumers(host, due));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object result;
        try {
            result = method.invoke(host, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        return method.getName().equals("createConsumer") && result instanceof Consumer<?, ?> consumer
                ? guarded(consumer)
                : result;
    }

    private Consumer<?, ?> guarded(Consumer<?, ?> consumer) {
        Consumer<?, ?> guarded = ConsumerGuard.guard(consumer);
        ConsumerGuard guard = ConsumerGuard.of(guarded);
        if (guard == null) {
            throw new IllegalStateException("Not guarded: " + guarded);
        }
        guard.filter(due);
        return guarded;
    }
}
