package io.github.resiliencestarter.rabbit.deadletter;

import org.springframework.amqp.AmqpException;

/**
 * What a listener container wraps around each failure, and what says nothing about it. Known by its name, because the next version
 * of Spring throws one of another package, which is not that of this version.
 */
public final class ContainerFailure {

    private static final String PACKAGES = "org.springframework.amqp.";
    private static final String NAME = "ListenerExecutionFailedException";

    private ContainerFailure() {}

    public static boolean isOne(Throwable thrown) {
        return thrown instanceof AmqpException
                && thrown.getClass().getSimpleName().equals(NAME);
    }

    /** @param type the name of a class, as somebody has written it down */
    static boolean isOne(String type) {
        return type.startsWith(PACKAGES) && type.endsWith('.' + NAME);
    }

    /** What is inside of all the wrappers; the outermost if there is nothing inside. */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (isOne(inner) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
