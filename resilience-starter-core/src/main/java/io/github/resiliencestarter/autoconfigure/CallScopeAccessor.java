package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.CallScope;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that a thread is running, for Micrometer's context propagation: calls on other threads that it reaches inherit the
 * deadline. Reactive calls keep it in Reactor's context under the same key.
 */
final class CallScopeAccessor implements ThreadLocalAccessor<CallScope.Captured> {

    @Override
    public Object key() {
        return CallScope.KEY;
    }

    @Override
    public CallScope.@Nullable Captured getValue() {
        CallScope.Captured scope = CallScope.capture();
        return scope == CallScope.Captured.NONE ? null : scope;
    }

    @Override
    public void setValue(CallScope.Captured scope) {
        CallScope.restore(scope);
    }

    @Override
    public void setValue() {
        CallScope.restore(CallScope.Captured.NONE);
    }
}
