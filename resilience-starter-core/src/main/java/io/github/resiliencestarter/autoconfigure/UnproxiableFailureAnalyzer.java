package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.aop.Unproxiable;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a class with annotated methods that cannot be subclassed. Others' proxies are left to Spring's message. */
class UnproxiableFailureAnalyzer extends AbstractFailureAnalyzer<AopConfigException> {

    private final @Nullable BeanFactory beans;

    /** @param beans null where the start failed before there was a context */
    UnproxiableFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, AopConfigException cause) {
        String bean = nameOfBean(rootFailure);
        Class<?> type = beans == null || bean == null || !beans.containsBean(bean) ? null : beans.getType(bean, false);
        Unproxiable unproxiable = type == null ? null : Unproxiable.of(type);
        return unproxiable == null
                ? null
                : new FailureAnalysis(
                        "The bean '" + bean + "' cannot be protected:" + System.lineSeparator() + System.lineSeparator()
                                + "    " + String.join(System.lineSeparator() + "    ", unproxiable.methods())
                                + System.lineSeparator() + System.lineSeparator() + unproxiable.what() + ".",
                        unproxiable.remedy() + ".",
                        cause);
    }

    /** The innermost one: those before it wanted that one. */
    private static @Nullable String nameOfBean(Throwable failure) {
        String name = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BeanCreationException creation && creation.getBeanName() != null) {
                name = creation.getBeanName();
            }
        }
        return name;
    }
}
