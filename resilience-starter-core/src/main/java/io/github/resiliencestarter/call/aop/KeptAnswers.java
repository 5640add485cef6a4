package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.AsyncAdapter;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;

/** Whether the last known good answer of a method can be kept, and found again. */
final class KeptAnswers {

    private static final String REMEDY =
            "Give it a call name of its own, or set last-known-good.enabled: false for this call";

    private KeptAnswers() {}

    static void check(ProtectedMethod protectedMethod, Findings findings) {
        CallPlan plan = protectedMethod.pipeline().plan();
        if (!plan.has(Strategy.LAST_KNOWN_GOOD)) {
            return;
        }
        Method method = protectedMethod.method();
        String where = Signatures.of(protectedMethod.type(), method);
        if (KotlinDetector.isSuspendingFunction(method)) {
            findings.error(where, "last-known-good cannot keep the answer of a suspending function", REMEDY);
        } else if (isStream(protectedMethod.async())) {
            findings.error(where, "last-known-good cannot keep the answer of a method that returns a stream", REMEDY);
        } else if (answersNothing(method)) {
            findings.error(where, "last-known-good cannot keep the answer of a method that has none", REMEDY);
        } else {
            comparable(method, where, findings);
        }
    }

    private static boolean isStream(@Nullable AsyncAdapter async) {
        return async != null && async.isStream();
    }

    private static boolean answersNothing(Method method) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method);
        return isVoid(returned.toClass())
                || returned.getGenerics().length == 1
                        && isVoid(returned.getGeneric(0).toClass());
    }

    private static boolean isVoid(Class<?> type) {
        return type == void.class || type == Void.class;
    }

    private static void comparable(Method method, String where, Findings findings) {
        for (Class<?> parameter : method.getParameterTypes()) {
            if (!isComparable(parameter)) {
                findings.warn(
                        where,
                        "last-known-good compares arguments by equals, which " + parameter.getName()
                                + " does not have: no answer will ever be found again",
                        "Give it equals and hashCode, such as a record has, or set last-known-good.enabled: false");
            }
        }
    }

    /** What can be extended may get an equals there, so it has the benefit of the doubt; enums compare by identity. */
    private static boolean isComparable(Class<?> type) {
        if (type.isPrimitive() || type.isArray() || type.isInterface() || type.isEnum() || type == Object.class) {
            return true;
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return true;
        }
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException impossible) {
            return true;
        }
    }
}
