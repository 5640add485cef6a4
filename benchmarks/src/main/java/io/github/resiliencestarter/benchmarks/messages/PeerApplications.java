package io.github.resiliencestarter.benchmarks.messages;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.retrytopic.RetryTopicSchedulerWrapper;
import org.springframework.retry.annotation.Backoff;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.backoff.FixedBackOff;

/** The applications of the peers. They have no meters: those of the container cost more than anything that is compared here. */
final class PeerApplications {

    private PeerApplications() {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class,
                PrometheusMetricsExportAutoConfiguration.class
            })
    static class Host {}

    @Import({Host.class, Listener.class})
    static class Plain {}

    static class Ours extends Plain {

        @Bean
        InFlight inFlight(Consumption consumption) {
            return consumption.inFlight();
        }
    }

    @Import({Host.class, Listener.class})
    static class Stock {

        @Bean
        DefaultErrorHandler errorHandler(KafkaOperations<?, ?> operations, @Value("${run.suffix}") String suffix) {
            return new DefaultErrorHandler(
                    new DeadLetterPublishingRecoverer(
                            operations,
                            (message, failure) -> new TopicPartition(message.topic() + suffix, message.partition())),
                    new FixedBackOff(0, MessagePeer.MAX_ATTEMPTS - 1));
        }
    }

    static class StockInPlace extends Stock {

        @Bean
        @Override
        DefaultErrorHandler errorHandler(KafkaOperations<?, ?> operations, @Value("${run.suffix}") String suffix) {
            DefaultErrorHandler handler = super.errorHandler(operations, suffix);
            handler.setSeekAfterError(false);
            return handler;
        }
    }

    @EnableKafkaRetryTopic
    @Import({Host.class, RetriedListener.class})
    static class WithRetryTopics {

        @Bean
        RetryTopicSchedulerWrapper retryTopicScheduler() {
            ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
            scheduler.initialize();
            return new RetryTopicSchedulerWrapper(scheduler);
        }
    }

    /** Records as they are: nothing is converted. */
    static class Listener {

        private final Consumption consumption;

        Listener(Consumption consumption) {
            this.consumption = consumption;
        }

        @KafkaListener(topics = "${run.topic}", groupId = "${run.group}")
        void on(ConsumerRecord<byte[], byte[]> message) {
            consumption.process(ByteBuffer.wrap(message.key()).getInt(), message.value()[0] != 0);
        }
    }

    static class RetriedListener {

        private final Consumption consumption;

        RetriedListener(Consumption consumption) {
            this.consumption = consumption;
        }

        /** A back-off of 0 ms becomes 1 ms there. */
        @RetryableTopic(
                attempts = "" + MessagePeer.MAX_ATTEMPTS,
                backoff = @Backoff(0),
                numPartitions = "" + Load.PARTITIONS,
                retryTopicSuffix = "-retry${run.suffix}",
                dltTopicSuffix = "${run.suffix}",
                autoStartDltHandler = "false")
        @KafkaListener(topics = "${run.topic}", groupId = "${run.group}")
        void on(ConsumerRecord<byte[], byte[]> message) {
            consumption.process(ByteBuffer.wrap(message.key()).getInt(), message.value()[0] != 0);
        }
    }
}
