package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.plan.Suggestion;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.util.ReflectionUtils;

/** What somebody whose fallback was not found probably meant. */
final class NearestMiss {

    private NearestMiss() {}

    static String advice(Method method, Class<?> holder, String name, List<Method> misses) {
        if (!misses.isEmpty()) {
            Method nearest = misses.stream()
                    .min(Comparator.comparingInt(miss -> differences(miss, method)))
                    .orElseThrow();
            return "The nearest is " + describe(nearest) + "; give it the parameters and the return type of "
                    + method.getName();
        }
        List<String> names = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(holder))
                .map(Method::getName)
                .filter(each -> !each.equals(method.getName()))
                .distinct()
                .toList();
        return Suggestion.didYouMean(name, names, "Add it to " + holder.getSimpleName() + ", or remove fallback");
    }

    private static String describe(Method method) {
        return method.getReturnType().getSimpleName() + " " + method.getName()
                + Signatures.parameters(Parameters.of(method), null);
    }

    private static int differences(Method candidate, Method method) {
        Class<?>[] wanted = Parameters.of(method);
        Class<?>[] taken = Parameters.of(candidate);
        int differences = Math.abs(taken.length - wanted.length - 1);
        for (int i = 0; i < Math.min(wanted.length, taken.length); i++) {
            differences += wanted[i] == taken[i] ? 0 : 1;
        }
        return differences;
    }
}
