package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.AsyncAdapter;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** Sends an annotated method through its pipeline. What belongs to the method is looked up once. Thread-safe. */
public final class ResilientCallInterceptor implements MethodInterceptor {

    private final Supplier<ProtectedMethods> methods;
    private final MethodTable called = new MethodTable();

    /** @param methods resolved on first use, so that creating a proxy does not create half of the application */
    public ResilientCallInterceptor(Supplier<ProtectedMethods> methods) {
        this.methods = methods;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        ProxyMethodInvocation ofProxy = (ProxyMethodInvocation) invocation;
        Object behind = invocation.getThis();
        // Where nothing is behind the proxy, advice inside ours answers, and the proxy is all that there is.
        Object target = behind == null ? ofProxy.getProxy() : behind;
        ProtectedMethod known = called.get(target.getClass(), invocation.getMethod());
        ProtectedMethod method = known != null ? known : find(target.getClass(), invocation.getMethod());
        AsyncAdapter async = method.async();
        return async == null
                ? method.pipeline().run(new MethodExecution(method, target, ofProxy))
                : async.call(method.pipeline(), () -> new MethodExecution(method, target, ofProxy));
    }

    private ProtectedMethod find(Class<?> targetClass, Method method) {
        ProtectedMethod found = methods.get().of(targetClass, method);
        called.put(targetClass, method, found);
        return found;
    }
}
