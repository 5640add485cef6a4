package io.github.resiliencestarter.test;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * A record, for its equality decides which tests share a context.
 *
 * @param virtualTime whether the application lives by virtual time
 * @param slice whether it has no auto-configuration but that of the starter
 */
record ResilienceContextCustomizer(boolean virtualTime, boolean slice) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration config) {
        var beans = new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory());
        beans.register(TestBeans.class);
        if (virtualTime) {
            beans.register(VirtualTimeBeans.class);
        }
        if (slice) {
            TestPropertyValues.of("spring.boot.enableautoconfiguration=false").applyTo(context);
        }
    }
}
