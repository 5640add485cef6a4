package io.github.resiliencestarter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Beans that cannot be subclassed, so that no proxy can stand before their annotated methods. */
@ExtendWith(OutputCaptureExtension.class)
class UnproxiableBeansTests {

    interface Charging {
        void charge();
    }

    static final class FinalGateway {
        @ResilientCall(name = "remote", idempotent = true)
        public void charge() {}

        public void refund() {}
    }

    record RecordGateway() {
        @ResilientCall(name = "remote", idempotent = true)
        public void charge() {}
    }

    static final class FinalWithInterface implements Charging {
        @Override
        @ResilientCall(name = "remote", idempotent = true)
        public void charge() {}
    }

    static final class FinalAndOnlyAsync {
        @Async
        public void work() {}
    }

    @Import(FinalGateway.class)
    static class WithFinal {}

    /** The bean fails while another one is made that needs it. */
    @Import({Cashier.class, FinalGateway.class})
    static class WithCashier {}

    static class Cashier {
        Cashier(FinalGateway gateway) {}
    }

    @Import(RecordGateway.class)
    static class WithRecord {}

    @Import(FinalWithInterface.class)
    static class WithInterface {}

    @EnableAsync(proxyTargetClass = true)
    @Import(FinalAndOnlyAsync.class)
    static class WithOthers {}

    @Test
    void a_final_class_is_told_with_its_methods_and_what_to_do(CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(WithFinal.class)).isInstanceOf(Exception.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("FinalGateway.charge()")
                .contains("is final")
                .doesNotContain("FinalGateway.refund()")
                .contains("Remove final")
                .contains("spring.aop.proxy-target-class: false")
                .contains("ResilientCalls");
    }

    @Test
    void so_is_one_that_another_bean_needs(CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(WithCashier.class)).isInstanceOf(Exception.class);
        assertThat(output).contains("FinalGateway.charge()").contains("Remove final");
    }

    @Test
    void a_record_is_final_too(CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(WithRecord.class)).isInstanceOf(Exception.class);
        assertThat(output).contains("RecordGateway.charge()").contains("Make it a class that is not final");
    }

    @Test
    void a_final_class_that_is_proxied_by_its_interface_is_right() {
        try (ConfigurableApplicationContext context =
                RealHost.start(WithInterface.class, "spring.aop.proxy-target-class=false")) {
            context.getBean(Charging.class).charge();
        }
    }

    @Test
    void what_others_cannot_proxy_is_left_to_others(CapturedOutput output) {
        assertThatThrownBy(() -> RealHost.start(WithOthers.class)).isInstanceOf(Exception.class);
        assertThat(output).doesNotContain("@ResilientCall").contains("FinalAndOnlyAsync");
    }
}
