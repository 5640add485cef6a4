package io.github.resiliencestarter.rabbit.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ReflectionUtils;

/**
 * Reaches the listeners of beans that are made after the start, whose containers start at once: a factory tells its customizer of
 * each container that it has made, so ours is put behind the host's. It is a dynamic proxy, because the signature of a customizer
 * differs between the lines of Spring.
 */
class LateListeners implements BeanPostProcessor {

    private final Supplier<@Nullable ListenerStart> start;

    LateListeners(Supplier<@Nullable ListenerStart> start) {
        this.start = start;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof AbstractRabbitListenerContainerFactory<?> factory) {
            put(factory);
        }
        return bean;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a customizer is given the containers of its factory
    private void put(AbstractRabbitListenerContainerFactory factory) {
        Field field = ReflectionUtils.findField(AbstractRabbitListenerContainerFactory.class, "containerCustomizer");
        if (field != null && field.trySetAccessible()) {
            Object host = ReflectionUtils.getField(field, factory);
            factory.setContainerCustomizer(behind((ContainerCustomizer<?>) host));
        }
    }

    private ContainerCustomizer<?> behind(@Nullable ContainerCustomizer<?> host) {
        return (ContainerCustomizer<?>) Proxy.newProxyInstance(
                ContainerCustomizer.class.getClassLoader(),
                new Class<?>[] {ContainerCustomizer.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    if (host != null) {
                        customize(method, host, arguments);
                    }
                    protect(arguments[0]);
                    return null;
                });
    }

    private static void customize(java.lang.reflect.Method method, Object host, Object[] arguments) throws Throwable {
        try {
            method.invoke(host, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Does nothing before the start: the container is not complete then. */
    private void protect(Object container) {
        ListenerStart started = start.get();
        if (started != null && container instanceof MessageListenerContainer made) {
            started.protectLate(made);
        }
    }
}
