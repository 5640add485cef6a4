package io.github.resiliencestarter.messaging.parking;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds the methods with {@link DeadLetterHandler}, once, and says all that is wrong with them at once. */
public final class HandlerMethods {

    private static final String WANTED = "boolean %s(DeadLetter letter)";

    private final ConfigurableListableBeanFactory beans;
    private final List<LetterHandler> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Method> bySource = new HashMap<>();

    private HandlerMethods(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** @throws ResilienceConfigurationException if one of them can't be called, or two are for the same source */
    public static LetterHandlers of(ConfigurableListableBeanFactory beans) {
        HandlerMethods methods = new HandlerMethods(beans);
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            methods.addAllOf(name);
        }
        if (!methods.problems.isEmpty()) {
            throw new ResilienceConfigurationException(methods.problems);
        }
        return new LetterHandlers(methods.found);
    }

    private void addAllOf(String name) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        if (type == null
                || name.startsWith("scopedTarget.")
                || !AnnotationUtils.isCandidateClass(type, DeadLetterHandler.class)) {
            return;
        }
        Map<Method, DeadLetterHandler> annotated = MethodIntrospector.selectMethods(type, HandlerMethods::annotation);
        annotated.forEach((method, annotation) -> add(name, type, method, annotation));
    }

    private static @Nullable DeadLetterHandler annotation(Method method) {
        return AnnotatedElementUtils.findMergedAnnotation(method, DeadLetterHandler.class);
    }

    private void add(String bean, Class<?> type, Method method, DeadLetterHandler annotation) {
        String where = "@DeadLetterHandler " + type.getSimpleName() + '.' + signature(method);
        String mistake = mistakeIn(method);
        if (mistake != null) {
            problems.add(new Problem(where, mistake, "Make it " + WANTED.formatted(method.getName())));
            return;
        }
        Method callable = callable(where, bean, method);
        for (String source : annotation.sources()) {
            Method other = bySource.putIfAbsent(source, method);
            if (source.isBlank()) {
                problems.add(new Problem(where, "a source without a name", "Name a topic or a queue, or *"));
            } else if (other != null) {
                problems.add(new Problem(
                        where,
                        "source '%s' is also that of %s.%s"
                                .formatted(source, other.getDeclaringClass().getSimpleName(), signature(other)),
                        "Leave it to one of them"));
            } else if (callable != null) {
                found.add(new LetterHandler(source, () -> beans.getBean(bean), callable));
            }
        }
    }

    private static @Nullable String mistakeIn(Method method) {
        if (method.getReturnType() != boolean.class && method.getReturnType() != Boolean.class) {
            return "it returns " + method.getReturnType().getSimpleName()
                    + ", which does not tell whether the letter is settled or must be parked";
        }
        if (method.getParameterCount() != 1 || method.getParameterTypes()[0] != DeadLetter.class) {
            return "it does not take one DeadLetter";
        }
        // On a proxy such a method would run on the proxy itself, whose fields are empty.
        return Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())
                ? "it is private or static"
                : null;
    }

    private @Nullable Method callable(String where, String bean, Method method) {
        Class<?> type = beans.getType(bean, false);
        try {
            return type == null ? method : AopUtils.selectInvocableMethod(method, type);
        } catch (IllegalStateException hidden) {
            problems.add(new Problem(
                    where, "the proxy of its bean does not have it", "Declare it in an interface of the bean"));
            return null;
        }
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
