package io.github.resiliencestarter.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a bean that gets dead letters before they are parked: a second chance. It takes a {@link DeadLetter} and returns a
 * boolean. {@code true} is: I have dealt with it, and the letter is kept as {@link LetterStatus#RESOLVED}, with a note. {@code
 * false}, and an exception, which is logged, is: park it as usual.
 *
 * <p>It is called on the thread that parks, one letter after the other, and again for a letter that comes again, be it because of
 * a crash: it must stand that. Letters that have been parked already don't come again. It takes a {@link DeadLetterStore}, without
 * which nothing is parked.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface DeadLetterHandler {

    /**
     * Of which topics or queues: {@link Source#name()}, and {@code *} stands for any characters. All by default. A name takes
     * precedence over a pattern, and the longer pattern over the shorter.
     */
    String[] sources() default "*";
}
