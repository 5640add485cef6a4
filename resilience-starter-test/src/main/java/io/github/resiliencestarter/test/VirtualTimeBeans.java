package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.scheduling.TaskScheduler;

/** Virtual time in the place of the machine's. Primary, so that it also takes the place of a host's own clock and scheduler. */
@Configuration(proxyBeanMethods = false)
class VirtualTimeBeans {

    @Bean
    @Primary
    VirtualTime virtualTime() {
        return new VirtualTime();
    }

    @Bean
    @Primary
    Clock virtualClock(VirtualTime time) {
        return time.clock();
    }

    @Bean
    @Primary
    TaskScheduler virtualTaskScheduler(VirtualTime time) {
        return time.taskScheduler();
    }
}
