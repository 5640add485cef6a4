package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.Pipeline;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** Sends an annotated method through its pipeline. What belongs to the method is looked up once. Thread-safe. */
public final class ResilientCallInterceptor implements MethodInterceptor {

    private final Supplier<ProtectedMethods> methods;
    private volatile @Nullable ProtectedMethods resolved;

    /** @param methods resolved on first use, so that creating a proxy does not create half of the application */
    public ResilientCallInterceptor(Supplier<ProtectedMethods> methods) {
        this.methods = methods;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        if (target == null) {
            return invocation.proceed();
        }
        ProtectedMethod method = methods().of(target.getClass(), invocation.getMethod());
        Pipeline pipeline = method.pipeline();
        return pipeline.run(new MethodExecution(method, target, (ProxyMethodInvocation) invocation));
    }

    private ProtectedMethods methods() {
        ProtectedMethods known = resolved;
        if (known == null) {
            resolved = known = methods.get();
        }
        return known;
    }
}
