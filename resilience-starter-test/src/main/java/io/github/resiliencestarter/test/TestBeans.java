package io.github.resiliencestarter.test;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.test.assertion.ResilienceProbe;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a tested application has besides its own beans. */
@Configuration(proxyBeanMethods = false)
class TestBeans {

    @Bean
    CallFaults resilienceCallFaults(ObjectProvider<CallClock> clock) {
        return new CallFaults(clock.getIfAvailable(CallClock::system));
    }

    @Bean
    ResilienceProbe resilienceProbe(ListableBeanFactory beans) {
        return ResilienceProbe.of(beans);
    }

    @Bean
    TestedApplication resilienceTestedApplication(
            CallFaults faults,
            ResilienceProbe probe,
            ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
            ObjectProvider<Pipelines> pipelines,
            ObjectProvider<VirtualTime> time) {
        return new TestedApplication(faults, probe, circuitBreakers, pipelines, time.getIfAvailable());
    }
}
