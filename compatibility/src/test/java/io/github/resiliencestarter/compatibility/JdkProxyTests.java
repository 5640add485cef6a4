package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;

class JdkProxyTests {

    @Test
    void a_bean_behind_an_interface_is_protected_by_a_jdk_proxy() {
        try (var context = HostApplication.run(
                HostApplication.withoutWeb(Application.class), "spring.aop.proxy-target-class=false")) {
            Directory directory = context.getBean(Directory.class);
            assertThat(Proxy.isProxyClass(directory.getClass())).isTrue();
            assertThat(directory.find("a")).isEqualTo("a, found in attempt 2");
        }
    }

    @Import({HostApplication.class, FlakyDirectory.class})
    static class Application {}

    interface Directory {
        String find(String name);
    }

    static class FlakyDirectory implements Directory {
        private final AtomicInteger attempts = new AtomicInteger();

        @Override
        @ResilientCall(name = "directory", idempotent = true)
        public String find(String name) {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return name + ", found in attempt " + attempts;
        }
    }
}
