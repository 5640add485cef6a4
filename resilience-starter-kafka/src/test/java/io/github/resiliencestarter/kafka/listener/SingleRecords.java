package io.github.resiliencestarter.kafka.listener;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

/** A listener for single records, which does what its recorder is told. */
@Configuration(proxyBeanMethods = false)
class SingleRecords {

    @Bean
    Recorder recorder() {
        return new Recorder().failAlways("poison");
    }

    @Bean
    Object listener(Recorder recorder) {
        return new Object() {
            @KafkaListener(id = "orders", topics = "${test.topic}", idIsGroup = false)
            void onOrder(ConsumerRecord<?, ?> order) {
                recorder.see(String.valueOf(order.value()));
            }
        };
    }
}
