package io.github.resiliencestarter.messaging.parking;

import io.github.resiliencestarter.messaging.DeadLetter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ReflectionUtils;

/** A method that gets the letters of some sources before they are parked. */
record LetterHandler(String source, Pattern pattern, Supplier<Object> bean, Method method) {

    private static final Logger log = LoggerFactory.getLogger(LetterHandler.class);

    LetterHandler(String source, Supplier<Object> bean, Method method) {
        this(source, NamePattern.of(source), bean, method);
        ReflectionUtils.makeAccessible(method);
    }

    boolean takes(String name) {
        return pattern.matcher(name).matches();
    }

    boolean isExact() {
        return !source.contains("*");
    }

    String name() {
        return method.getDeclaringClass().getSimpleName() + '.' + method.getName();
    }

    /** Does not throw: a letter that its handler could not deal with is a letter that is parked. */
    boolean settles(DeadLetter letter) {
        try {
            return Boolean.TRUE.equals(method.invoke(bean.get(), letter));
        } catch (InvocationTargetException thrown) {
            log.warn("{} failed for {}, which is parked", name(), letter, thrown.getTargetException());
        } catch (ReflectiveOperationException | RuntimeException impossible) {
            log.warn("{} could not be called for {}, which is parked", name(), letter, impossible);
        }
        return false;
    }
}
