package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.aop.AnnotatedBeans;
import io.github.resiliencestarter.call.aop.FallbackBeans;
import io.github.resiliencestarter.call.aop.FallbackResolver;
import io.github.resiliencestarter.call.aop.ProtectedMethods;
import io.github.resiliencestarter.call.aop.ResilientCallAdvisor;
import io.github.resiliencestarter.call.aop.ResilientCallInterceptor;
import io.github.resiliencestarter.call.aop.StartUpCheck;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;

/** The proxies around annotated methods, and the check of all of them when the application starts. */
@Configuration(proxyBeanMethods = false)
@Import(AutoProxyRegistrar.class)
class ProxyConfiguration {

    /** Infrastructure, so that every auto-proxy creator sees it; static, so that it is made before other beans. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ResilientCallAdvisor resilientCallAdvisor(ObjectProvider<ProtectedMethods> methods) {
        return new ResilientCallAdvisor(new ResilientCallInterceptor(methods::getObject));
    }

    @Bean
    ProtectedMethods resilienceProtectedMethods(Pipelines pipelines, ConfigurableListableBeanFactory beans) {
        return new ProtectedMethods(pipelines, new FallbackResolver(new FallbackBeans(beans)));
    }

    @Bean
    StartUpCheck resilienceStartUpCheck(
            ProtectedMethods methods,
            Pipelines pipelines,
            PlanResolver plans,
            PropertyOrigins origins,
            ResilienceProperties properties,
            ConfigurableListableBeanFactory beans) {
        boolean failOnWarning = properties.linter().failOn() == ResilienceProperties.Linter.FailOn.WARNING;
        return new StartUpCheck(
                new AnnotatedBeans(beans),
                methods,
                pipelines,
                plans,
                origins,
                () -> BoundSections.in(beans),
                properties.linter().undeclaredIdempotency(),
                failOnWarning);
    }
}
