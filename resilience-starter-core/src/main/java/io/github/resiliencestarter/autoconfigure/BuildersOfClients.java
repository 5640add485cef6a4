package io.github.resiliencestarter.autoconfigure;

import java.util.function.Consumer;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Adds something to each builder of HTTP clients that is a bean. Not a customizer of Spring Boot's, for those are called
 * differently on each of its lines.
 */
final class BuildersOfClients<B> implements BeanPostProcessor {

    private final Class<B> type;
    private final Consumer<B> addition;

    BuildersOfClients(Class<B> type, Consumer<B> addition) {
        this.type = type;
        this.addition = addition;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (type.isInstance(bean)) {
            addition.accept(type.cast(bean));
        }
        return bean;
    }
}
