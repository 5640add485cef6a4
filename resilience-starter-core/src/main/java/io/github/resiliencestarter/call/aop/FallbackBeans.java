package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.plan.Suggestion;
import java.util.Arrays;
import java.util.List;
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

    /** What the bean is behind its proxy: its class, or interfaces; nothing if there is no such bean. */
    List<Class<?>> typesOf(String name) {
        Class<?> type = beans.containsBean(name) ? AutoProxyUtils.determineTargetClass(beans, name) : null;
        return type == null ? List.of() : UserTypes.of(type);
    }

    Object get(String name) {
        return beans.getBean(name);
    }

    String advice(String name) {
        return Suggestion.didYouMean(
                name,
                Arrays.asList(beans.getBeanDefinitionNames()),
                "Write \"method\" for a method of the same class, or \"bean::method\" with the name of a bean");
    }

    /**
     * The innermost bean behind its proxies that has the methods of the type: a fallback may be private, and a proxy has no
     * state of its own. Where the type is an interface, what is furthest inside need not implement it.
     */
    static Object behindProxies(Object bean, Class<?> type) {
        Object found = bean;
        Object current = bean;
        while (current instanceof SpringProxy) {
            current = AopProxyUtils.getSingletonTarget(current);
            found = type.isInstance(current) ? current : found;
        }
        return found;
    }
}
