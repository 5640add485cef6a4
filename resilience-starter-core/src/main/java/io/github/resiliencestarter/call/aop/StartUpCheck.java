package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PlanRules;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.SectionKeys;
import io.github.resiliencestarter.call.plan.UnknownKeysRule;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * When all beans are there, and before the first request: makes every pipeline, looks up every fallback, lets the linter read
 * everything, and stops the start with all mistakes at once.
 */
public final class StartUpCheck implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.resiliencestarter");

    private final AnnotatedBeans beans;
    private final ProtectedMethods methods;
    private final Pipelines pipelines;
    private final PlanResolver plans;
    private final PropertyOrigins origins;
    private final Supplier<SectionKeys> sections;
    private final IdempotencyRules idempotency;
    private final boolean failOnWarning;

    public StartUpCheck(
            AnnotatedBeans beans,
            ProtectedMethods methods,
            Pipelines pipelines,
            PlanResolver plans,
            PropertyOrigins origins,
            Supplier<SectionKeys> sections,
            UndeclaredIdempotency undeclared,
            boolean failOnWarning) {
        this.beans = beans;
        this.methods = methods;
        this.pipelines = pipelines;
        this.plans = plans;
        this.origins = origins;
        this.sections = sections;
        this.idempotency = new IdempotencyRules(undeclared);
        this.failOnWarning = failOnWarning;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Findings findings = new Findings();
        UnknownKeysRule.check(origins, findings);
        sections.get().check(origins, findings);
        List<AnnotatedBeans.AnnotatedBean> annotatedBeans = beans.all();
        annotatedBeans.forEach(bean -> check(bean, findings));
        plans.configuredNames()
                .forEach(name -> collect(findings, () -> {
                    new PlanRules().check(plans.resolve(name), findings);
                }));
        new UnknownNames(plans, pipelines, origins).check(annotated(annotatedBeans), findings);
        idempotency.check(methods.all(), findings);
        Resilience4jAnnotations.check(beans, findings);
        if (failOnWarning) {
            findings.promoteWarnings();
        }
        findings.warnings().forEach(warning -> LOG.warn("{}", warning));
        findings.throwErrors();
        logPlans();
    }

    private void check(AnnotatedBeans.AnnotatedBean bean, Findings findings) {
        List<Method> reachable = new ArrayList<>();
        bean.calls().forEach((method, annotation) -> {
            if (MethodRules.isReachable(bean.type(), method, bean.isProxiedByInterface(method), findings)
                    && MethodRules.isUnderstood(bean.type(), method, findings)) {
                reachable.add(method);
                MethodRules.makesNoBean(bean.type(), method, findings);
                collect(findings, () -> resolve(bean, method, annotation, findings));
            }
        });
        if (!reachable.isEmpty() && !bean.isAdvised()) {
            findings.error(
                    bean.type().getName(),
                    "bean '" + bean.name()
                            + "' was made before it could be protected: something that sets up other beans"
                            + " (a BeanPostProcessor, a BeanFactoryPostProcessor) depends on it",
                    "Inject it there as ObjectProvider, or move the annotated methods to another bean");
        }
        SelfInvocations.in(bean.type(), reachable)
                .forEach((method, caller) -> findings.warn(
                        Signatures.of(bean.type(), method),
                        "'" + caller
                                + "' calls it from within its own class, past the proxy: that call is not protected",
                        "Move it to another bean, or call it through ResilientCalls"));
    }

    private void resolve(
            AnnotatedBeans.AnnotatedBean bean, Method method, ResilientCall annotation, Findings findings) {
        ProtectedMethod resolved = methods.of(bean.type(), method);
        MethodRules.declaresWrapper(resolved, annotation, findings);
        KeptAnswers.check(resolved, findings);
        HedgedMethods.check(resolved, findings);
        StreamRules.check(resolved, findings);
    }

    private static void collect(Findings findings, Runnable check) {
        try {
            check.run();
        } catch (ResilienceConfigurationException mistake) {
            findings.add(mistake);
        }
    }

    /** As it is written: a method whose plan cannot be used has a name, too. */
    private Set<String> annotated(List<AnnotatedBeans.AnnotatedBean> annotatedBeans) {
        return Stream.concat(
                        annotatedBeans.stream()
                                .flatMap(bean -> bean.calls().values().stream())
                                .map(ResilientCall::name),
                        methods.all().stream().map(ProtectedMethod::call))
                .collect(Collectors.toSet());
    }

    private void logPlans() {
        List<Pipeline> byName = pipelines.all().stream()
                .sorted(Comparator.comparing(pipeline -> pipeline.plan().name()))
                .toList();
        for (Pipeline pipeline : byName) {
            String order = pipeline.order().stream().map(Strategy::label).collect(Collectors.joining(" > "));
            LOG.info("Call '{}': {}", pipeline.plan().name(), order);
        }
    }
}
