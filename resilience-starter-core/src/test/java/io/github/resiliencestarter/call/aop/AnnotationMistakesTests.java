package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class AnnotationMistakesTests {

    static class WithPlaceholder {
        @ResilientCall(name = "${payment.name}", idempotent = true)
        public void call() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class OnBeanMethod {
        @Bean
        @ResilientCall(name = "payGateway", idempotent = true)
        Runnable gateway() {
            return () -> {};
        }
    }

    @Test
    void a_name_in_an_annotation_is_not_filled_in_and_the_start_says_so() {
        host().withBean(WithPlaceholder.class)
                .withPropertyValues("payment.name=payGateway")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("WithPlaceholder.call()")
                        .hasMessageContaining("'${payment.name}' would be taken as it stands")
                        .hasMessageContaining("Write a constant"));
    }

    @Test
    void on_a_bean_method_it_protects_the_making_of_the_bean_and_the_start_says_so(CapturedOutput output) {
        host().withUserConfiguration(OnBeanMethod.class)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("OnBeanMethod.gateway()")
                .contains("protects the making of the bean, and none of its methods")
                .contains("Put it on Runnable");
    }
}
