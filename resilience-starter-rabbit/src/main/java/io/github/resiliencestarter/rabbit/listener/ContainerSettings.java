package io.github.resiliencestarter.rabbit.listener;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.util.ErrorHandler;
import org.springframework.util.ReflectionUtils;

/**
 * How a container is set up. It shows little of that, so its fields are read.
 *
 * @param errorHandler null if it cannot be known
 * @param advice around its listener
 * @param processors what the host does with each message before its listener sees it
 * @param strategy knows messages that were published as one; null if it cannot be known
 * @param deBatching whether it is to take them apart for its listener
 */
record ContainerSettings(
        @Nullable ErrorHandler errorHandler,
        AdviceChain advice,
        int prefetch,
        @Nullable Object transactionManager,
        Acknowledging acknowledging,
        PostProcessors processors,
        @Nullable BatchingStrategy strategy,
        boolean deBatching) {

    /** By name, for it has moved from one version to the next. */
    private static final Set<String> OF_EVERY_CONTAINER = Set.of(
            "org.springframework.amqp.rabbit.listener.ConditionalRejectingErrorHandler",
            "org.springframework.amqp.listener.ConditionalRejectingErrorHandler");

    static ContainerSettings of(AbstractMessageListenerContainer container) {
        Advice[] chain = read(container, "adviceChain", Advice[].class);
        Integer prefetch = read(container, "prefetchCount", Integer.class);
        return new ContainerSettings(
                read(container, "errorHandler", ErrorHandler.class),
                new AdviceChain(chain == null ? List.of() : List.of(chain)),
                prefetch == null ? AbstractMessageListenerContainer.DEFAULT_PREFETCH_COUNT : prefetch,
                read(container, "transactionManager", Object.class),
                Acknowledging.of(container),
                PostProcessors.of(read(container, "afterReceivePostProcessors", Collection.class)),
                read(container, "batchingStrategy", BatchingStrategy.class),
                Boolean.TRUE.equals(read(container, "deBatchingEnabled", Boolean.class)));
    }

    /** The container has made its proxy already, if it is initialized. */
    static void takeAdviceOff(AbstractMessageListenerContainer container) {
        container.setAdviceChain();
        Advised proxy = read(container, "proxy", Advised.class);
        if (proxy != null) {
            for (Advisor each : proxy.getAdvisors()) {
                proxy.removeAdvisor(each);
            }
        }
    }

    private static <T> @Nullable T read(AbstractMessageListenerContainer container, String name, Class<T> type) {
        Field field = ReflectionUtils.findField(AbstractMessageListenerContainer.class, name);
        if (field == null || !field.trySetAccessible()) {
            return null;
        }
        Object value = ReflectionUtils.getField(field, container);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    /** Takes messages apart that were published as one; null if they are left as they are. */
    @Nullable
    BatchingStrategy batching() {
        return deBatching ? strategy : null;
    }

    /** The error handler that the host has set; null for that of every container. */
    @Nullable
    ErrorHandler ownErrorHandler() {
        return errorHandler != null
                        && OF_EVERY_CONTAINER.contains(errorHandler.getClass().getName())
                ? null
                : errorHandler;
    }

    /** Advice that calls the listener again. Asked by name, because each version of Spring has other types. */
    @Nullable
    Advice retries() {
        return advice.all().stream()
                .filter(each -> each.getClass().getName().contains("Retry"))
                .findFirst()
                .orElse(null);
    }

    /** How many messages of a channel may be set aside: the others go on being delivered. */
    int aside() {
        int delivered = prefetch == 0 ? AbstractMessageListenerContainer.DEFAULT_PREFETCH_COUNT : prefetch;
        return Math.max(1, delivered / 2);
    }
}
