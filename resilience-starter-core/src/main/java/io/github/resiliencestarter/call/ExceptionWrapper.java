package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PlanValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception of {@code wrapWith} around the original one, by the first of these constructors that the class
 * has: {@code (String, Throwable)}, {@code (Throwable)}, {@code (String)}. The constructor is looked up once.
 */
public final class ExceptionWrapper {

    private final Constructor<? extends Throwable> constructor;
    private final String message;
    private final String openMessage;

    private ExceptionWrapper(Constructor<? extends Throwable> constructor, CallPlan plan) {
        this.constructor = constructor;
        this.message = plan.failureMessage();
        this.openMessage = plan.openMessage();
    }

    /**
     * @param type the class to wrap with; null for none
     * @throws IllegalArgumentException if the class has none of the constructors
     */
    public static @Nullable ExceptionWrapper of(@Nullable Class<? extends Throwable> type, CallPlan plan) {
        return type == null ? null : new ExceptionWrapper(constructorOf(type), plan);
    }

    /** Whether {@code fallback.wrap-with} of the plan can be made. */
    static void check(CallPlan plan, Findings findings) {
        PlanValue type = plan.value("fallback.wrap-with");
        try {
            of(findings.errors().isEmpty() ? plan.wrapWith() : null, plan);
        } catch (IllegalArgumentException unusable) {
            String where = type == null ? plan.name() : type.origin();
            findings.error(
                    where, String.valueOf(unusable.getMessage()), "Add one of them, or wrap in a fallback method");
        }
    }

    private static Constructor<? extends Throwable> constructorOf(Class<? extends Throwable> type) {
        Constructor<? extends Throwable> found = find(type, String.class, Throwable.class);
        found = found != null ? found : find(type, Throwable.class);
        found = found != null ? found : find(type, String.class);
        if (found == null) {
            throw new IllegalArgumentException(
                    type.getName() + " has none of the constructors (String, Throwable)," + " (Throwable), (String)");
        }
        found.setAccessible(true);
        return found;
    }

    private static @Nullable Constructor<? extends Throwable> find(Class<? extends Throwable> type, Class<?>... types) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    /** The exception to throw in the place of the original one, which is its cause or suppressed in it. */
    public Throwable wrap(CallFailure failure) {
        String template = failure.reason() == FailureReason.CIRCUIT_OPEN ? openMessage : message;
        String text = MessageTemplate.fill(template, failure);
        try {
            Throwable wrapped = switch (constructor.getParameterCount()) {
                case 2 -> constructor.newInstance(text, failure.exception());
                default ->
                    constructor.getParameterTypes()[0] == String.class
                            ? constructor.newInstance(text)
                            : constructor.newInstance(failure.exception());
            };
            return keepCause(wrapped, failure.exception());
        } catch (InvocationTargetException thrown) {
            return Suppression.keep(failure.exception(), thrown.getTargetException());
        } catch (ReflectiveOperationException unusable) {
            return Suppression.keep(failure.exception(), new IllegalStateException(unusable));
        }
    }

    private static Throwable keepCause(Throwable wrapped, Throwable original) {
        if (wrapped.getCause() == null) {
            try {
                return wrapped.initCause(original);
            } catch (IllegalStateException causeIsFixed) {
                return Suppression.keep(original, wrapped);
            }
        }
        return Suppression.keep(original, wrapped);
    }
}
