package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.call.AnswerMemory;
import io.github.resiliencestarter.call.CallKey;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Recovery;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/**
 * One call of an annotated method. An invocation remembers how far it has come through its advice, so where there is advice
 * inside ours each attempt runs on a fresh clone; otherwise the second one would skip a transaction, for example. Where ours
 * is the innermost there is nothing to skip, and nothing to clone.
 */
final class MethodExecution extends Execution {

    private final ProtectedMethod method;
    private final Object target;
    private final ProxyMethodInvocation invocation;

    MethodExecution(ProtectedMethod method, Object target, ProxyMethodInvocation invocation) {
        this.method = method;
        this.target = target;
        this.invocation = invocation;
    }

    @Override
    public String call() {
        return method.call();
    }

    @Override
    protected boolean isDeclaredIdempotent() {
        return method.isIdempotent();
    }

    @Override
    protected @Nullable Object attempt() throws Throwable {
        if (!isInnermost()) {
            return invocation.invocableClone().proceed();
        }
        DirectMethod direct = method.direct();
        return direct == null ? invocation.proceed() : direct.invoke(invocation.getThis(), invocation.getArguments());
    }

    /** AspectJ advice further inside asks the thread for the current invocation, so it is bound to the worker's too. */
    @Override
    protected @Nullable Object attemptOnWorker() throws Throwable {
        return ((MethodInterceptor) ExposeInvocationInterceptor.ADVISOR.getAdvice()).invoke(fresh());
    }

    private boolean isInnermost() {
        return InvocationPosition.isLast(invocation);
    }

    private MethodInvocation fresh() {
        return isInnermost() ? invocation : invocation.invocableClone();
    }

    @Override
    protected @Nullable Object recover(CallFailure failure) throws Throwable {
        Fallback fallback = method.fallback();
        return fallback == null ? Recovery.NONE : fallback.answer(target, invocation.getArguments(), failure);
    }

    @Override
    protected boolean fallbackDecides(Throwable failure) {
        Fallback fallback = method.fallback();
        return fallback != null && fallback.decides(failure);
    }

    @Override
    protected @Nullable AnswerMemory memory() {
        return method.memory();
    }

    @Override
    protected CallKey key() {
        return CallKey.of(target, invocation.getArguments());
    }
}
