package io.github.resiliencestarter.test;

import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application as users test it, with the extension and without. */
class BesideSpringBootTestTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Storage.class)
    static class Application {}

    @Test
    void outside_of_a_test_with_the_extension_no_call_can_be_asked_for() {
        assertThatIllegalStateException()
                .isThrownBy(() -> call("oracleStorage"))
                .withMessageContaining("@ResilienceTest")
                .withMessageContaining("ResilienceExtension");
    }
}

@SpringBootTest(classes = BesideSpringBootTestTests.Application.class)
@ExtendWith(ResilienceExtension.class)
class WithTheExtensionTests {

    @Autowired
    private Storage storage;

    @Test
    void there_are_faults_and_assertions_on_real_time(CallFaults faults, @Autowired CallClock clock) throws Exception {
        faults.on("oracleStorage").failNext(2, IOException.class);
        assertThat(storage.upload("contents")).isEqualTo("stored");
        assertThat(call("oracleStorage")).hasRecovered(1).hasAttempted(3);
        assertThat(clock).isSameAs(CallClock.system());
    }
}

@SpringBootTest(classes = BesideSpringBootTestTests.Application.class)
@WithVirtualTime
class WithVirtualTimeTests {

    @Autowired
    private Storage storage;

    @Test
    void the_application_lives_by_virtual_time(CallFaults faults, VirtualTime time, @Autowired CallClock clock)
            throws Exception {
        faults.on("oracleStorage").failRate(1);
        assertThat(storage.upload("contents")).isEqualTo("kept");
        assertThat(clock).isSameAs(time);
        assertThat(time.sleeps()).hasSize(2);
    }
}

@SpringBootTest(classes = BesideSpringBootTestTests.Application.class)
class WithoutTheExtensionTests {

    @Test
    void an_application_has_nothing_of_the_kit(@Autowired ApplicationContext beans) {
        assertThat(beans.getBeanNamesForType(CallFaults.class)).isEmpty();
        assertThat(beans.getBeanNamesForType(VirtualTime.class)).isEmpty();
    }
}

@SpringBootTest(classes = BesideSpringBootTestTests.Application.class, properties = "resilience.enabled=false")
@ExtendWith(ResilienceExtension.class)
class WithoutTheStarterTests {

    @Test
    void an_application_without_protected_calls_starts_and_says_so_when_asked() {
        assertThatIllegalStateException()
                .isThrownBy(() -> call("oracleStorage"))
                .withMessageContaining("resilience.enabled");
    }
}
