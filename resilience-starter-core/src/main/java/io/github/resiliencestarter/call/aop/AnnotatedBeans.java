package io.github.resiliencestarter.call.aop;

import io.github.resilience4j.spring6.circuitbreaker.configure.CircuitBreakerAspect;
import io.github.resilience4j.spring6.retry.configure.RetryAspect;
import io.github.resiliencestarter.ResilientCall;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/** The beans with annotated methods, found by their types: a lazy bean is not created for it. */
public final class AnnotatedBeans {

    private final ConfigurableListableBeanFactory beanFactory;

    public AnnotatedBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * A bean with annotated methods.
     *
     * @param instance the bean if it is a singleton that has been made
     */
    record AnnotatedBean(
            String name,
            Class<?> type,
            Map<Method, ResilientCall> calls,
            @Nullable Object instance) {

        /** Whether our interceptor stands before it; unknown counts as yes. */
        boolean isAdvised() {
            // What is behind a scoped proxy is made when it is asked for, and until then nobody knows.
            if (instance == null || instance instanceof ScopedObject) {
                return true;
            }
            // Somebody else may have put a proxy before ours.
            for (Object each = instance;
                    each instanceof Advised proxy;
                    each = AopProxyUtils.getSingletonTarget(proxy)) {
                if (Arrays.stream(proxy.getAdvisors()).anyMatch(ResilientCallAdvisor.class::isInstance)) {
                    return true;
                }
            }
            return false;
        }

        boolean isProxiedByInterface(Method method) {
            return instance != null
                    && AopUtils.isJdkDynamicProxy(instance)
                    && ClassUtils.getInterfaceMethodIfPossible(method, type) != method;
        }
    }

    List<AnnotatedBean> all() {
        List<AnnotatedBean> found = new ArrayList<>();
        for (Map.Entry<String, Class<?>> bean : types().entrySet()) {
            for (Class<?> type : UserTypes.of(bean.getValue())) {
                Map<Method, ResilientCall> calls = CallAnnotations.isCandidate(type) ? callsOf(type) : Map.of();
                Object instance = calls.isEmpty() ? null : singleton(bean.getKey());
                if (!calls.isEmpty() && (instance == null || !Mocks.isMock(instance))) {
                    found.add(new AnnotatedBean(bean.getKey(), type, calls, instance));
                }
            }
        }
        return found;
    }

    /** The class of each bean behind its proxy, by the name of the bean; also of those that were registered ready made. */
    Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Iterator<String> names = beanFactory.getBeanNamesIterator(); names.hasNext(); ) {
            String name = names.next();
            if (!ScopedProxyUtils.isScopedTarget(name)) {
                Class<?> type = AutoProxyUtils.determineTargetClass(beanFactory, behindScope(name));
                if (type != null) {
                    types.put(name, type);
                }
            }
        }
        return types;
    }

    /** The bean itself and not its scoped proxy, which may have nothing but its interfaces. */
    private String behindScope(String name) {
        String target = ScopedProxyUtils.getTargetBeanName(name);
        return beanFactory.containsBeanDefinition(target) ? target : name;
    }

    AspectOrder aspectOrder() {
        return new AspectOrder(
                order(CircuitBreakerAspect.class, Ordered.LOWEST_PRECEDENCE - 4),
                order(RetryAspect.class, Ordered.LOWEST_PRECEDENCE - 5));
    }

    private int order(Class<? extends Ordered> aspect, int otherwise) {
        return beanFactory.getBeanProvider(aspect).stream()
                .findFirst()
                .map(Ordered::getOrder)
                .orElse(otherwise);
    }

    private static Map<Method, ResilientCall> callsOf(Class<?> type) {
        return MethodIntrospector.selectMethods(
                type, (MethodIntrospector.MetadataLookup<ResilientCall>) method -> CallAnnotations.find(method, type));
    }

    /** What a factory bean makes is a singleton, too, but a lazy one is not made for this. */
    private @Nullable Object singleton(String name) {
        if (!beanFactory.containsSingleton(name)) {
            return null;
        }
        if (!beanFactory.isFactoryBean(name)) {
            return beanFactory.getSingleton(name);
        }
        boolean lazy = beanFactory.containsBeanDefinition(name)
                && beanFactory.getMergedBeanDefinition(name).isLazyInit();
        return lazy || !beanFactory.isSingleton(name) ? null : beanFactory.getBean(name);
    }
}
