package io.github.resiliencestarter.rabbit.listener;

import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A listener for single messages, which does what its recorder is told. */
@Configuration(proxyBeanMethods = false)
class SingleMessages {

    @Bean
    Recorder recorder() {
        return new Recorder().failAlways("poison");
    }

    @Bean
    Object listener(Recorder recorder) {
        return new Object() {
            @RabbitListener(id = "orders", queues = "${test.queue}")
            void onOrder(String order) {
                recorder.see(order);
            }
        };
    }
}
