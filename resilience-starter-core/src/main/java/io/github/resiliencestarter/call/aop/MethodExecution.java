package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Recovery;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/**
 * One call of an annotated method. An invocation remembers how far it has come through its advice, so each attempt runs on a
 * fresh clone; otherwise the second one would skip the advice inside, a transaction for example.
 */
final class MethodExecution extends Execution {

    private final ProtectedMethod method;
    private final Object target;
    private final ProxyMethodInvocation invocation;

    MethodExecution(ProtectedMethod method, Object target, ProxyMethodInvocation invocation) {
        super(method.call());
        this.method = method;
        this.target = target;
        this.invocation = invocation;
    }

    @Override
    protected @Nullable Object attempt() throws Throwable {
        return invocation.invocableClone().proceed();
    }

    /** AspectJ advice further inside asks the thread for the current invocation, so it is bound to the worker's too. */
    @Override
    protected @Nullable Object attemptOnWorker() throws Throwable {
        return ((org.aopalliance.intercept.MethodInterceptor) ExposeInvocationInterceptor.ADVISOR.getAdvice())
                .invoke(invocation.invocableClone());
    }

    @Override
    protected @Nullable Object recover(CallFailure failure) throws Throwable {
        Fallback fallback = method.fallback();
        return fallback == null ? Recovery.NONE : fallback.answer(target, invocation.getArguments(), failure);
    }
}
