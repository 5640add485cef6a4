package io.github.resiliencestarter.benchmarks.peer;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.ProxyFactory;

/** A Spring proxy whose only interceptor proceeds: what any annotation costs at least. */
final class EmptyProxy {

    private EmptyProxy() {}

    static Subject subject() {
        ProxyFactory factory = new ProxyFactory(new Remote());
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
        Remote proxy = (Remote) factory.getProxy();
        return Subject.of(proxy::answer);
    }
}
