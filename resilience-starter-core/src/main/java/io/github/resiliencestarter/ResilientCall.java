package io.github.resiliencestarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * Protects a call to something that can fail: a gateway, an object store, another service.
 *
 * <p>On a method it protects that method; on a class or interface every public method that it declares. It may be
 * used as a meta-annotation, and it is found on the interfaces that a bean implements. The nearest annotation wins:
 * method before class, class before interface.
 *
 * <p>The call runs through one pipeline, outermost first: observe, fallback, last known good, circuit breaker, bulkhead,
 * deadline, retry, hedge, rate limiter, timeout, thread pool, method. What each of them does is read from {@code resilience.calls.<name>}.
 * Circuit breaker and retry are on for every call; the others are on when they are configured.
 *
 * <p>A mistake in the annotation (an empty name, a fallback that does not exist or does not fit, a method that no
 * proxy can reach) stops the start of the application with {@link ResilienceConfigurationException}.
 *
 * @see ResilientCalls the same pipeline without an annotation
 */
@Documented
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ResilientCall {

    /**
     * The name of the call, and of its entry in {@code resilience.calls}. Methods that share a name share one
     * circuit breaker, one bulkhead and one rate limiter.
     */
    @AliasFor("name")
    String value() default "";

    /** The same as {@link #value()}. */
    @AliasFor("value")
    String name() default "";

    /**
     * What answers when the call has failed: {@code "method"} of the same class (it may be private) or {@code
     * "bean::method"}. It takes the parameters of the protected method, followed by one exception (of several such
     * methods the most specific one wins), or by a {@link CallFailure}, or by nothing. It never sees a {@link
     * java.lang.Error} or a business exception.
     */
    String fallback() default "";

    /**
     * The exception that callers see instead of the original one when no fallback method took it. It is made by the
     * first of these constructors that it has: {@code (String, Throwable)}, {@code (Throwable)}, {@code (String)};
     * the original is its cause. The default, {@code Throwable.class}, means: not wrapped here, but perhaps by {@code
     * fallback.wrap-with} of the call.
     */
    Class<? extends Throwable> wrapWith() default Throwable.class;

    /**
     * Whether making the call twice has the effect of making it once: it only reads, or it carries an idempotency key that
     * the remote honours. Only such a call is tried again where nobody knows what became of an attempt (a timeout, a broken
     * connection, {@link CallOutcome#UNKNOWN}). Attempts that have certainly done nothing are tried again in any case. The
     * {@code idempotent} of {@code resilience.calls.<name>} wins over this one.
     */
    boolean idempotent() default false;
}
