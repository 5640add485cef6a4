package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.plan.Suggestion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The beans that hold the fallbacks of other beans. */
public final class FallbackBeans {

    private final ConfigurableListableBeanFactory beans;

    public FallbackBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The class of the bean behind its proxy; null if there is no such bean. */
    @Nullable
    Class<?> typeOf(String name) {
        return beans.containsBean(name) ? AutoProxyUtils.determineTargetClass(beans, name) : null;
    }

    /** The bean behind its proxy: a fallback may be private, and a proxy has no state of its own. */
    Object get(String name) {
        return ultimateTarget(beans.getBean(name));
    }

    String advice(String name) {
        return Suggestion.didYouMean(
                name,
                Arrays.asList(beans.getBeanDefinitionNames()),
                "Write \"method\" for a method of the same class, or \"bean::method\" with the name of a bean");
    }

    static Object ultimateTarget(Object bean) {
        Object current = bean;
        while (current instanceof SpringProxy) {
            Object target = AopProxyUtils.getSingletonTarget(current);
            if (target == null) {
                return current;
            }
            current = target;
        }
        return current;
    }
}
