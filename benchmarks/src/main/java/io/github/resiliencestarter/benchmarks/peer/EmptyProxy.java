package io.github.resiliencestarter.benchmarks.peer;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.ProxyFactory;

/** A Spring proxy whose only interceptor proceeds: what any annotation costs at least. */
final class EmptyProxy {

    private EmptyProxy() {}

    static Subject subject() {
        return Subject.of(with(MethodInvocation::proceed)::answer);
    }

    /** A remote behind this one interceptor. */
    static Remote with(MethodInterceptor interceptor) {
        ProxyFactory factory = new ProxyFactory(new Remote());
        factory.setProxyTargetClass(true);
        factory.addAdvice(interceptor);
        return (Remote) factory.getProxy();
    }
}
