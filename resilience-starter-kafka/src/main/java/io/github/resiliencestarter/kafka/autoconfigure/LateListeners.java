package io.github.resiliencestarter.kafka.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor.AnnotationEnhancer;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Reaches the listeners of beans that are made after the start, whose containers start at once: their annotation gets our container
 * post processor, unless it has one.
 */
class LateListeners implements AnnotationEnhancer {

    static final String POST_PROCESSOR = "kafkaLateListenerProtection";

    private static final String ATTRIBUTE = "containerPostProcessor";

    @Override
    public Map<String, Object> apply(Map<String, Object> attributes, AnnotatedElement element) {
        boolean isRetryable = AnnotatedElementUtils.hasAnnotation(element, RetryableTopic.class);
        if (!isRetryable && "".equals(attributes.get(ATTRIBUTE))) {
            attributes.put(ATTRIBUTE, POST_PROCESSOR);
        }
        return attributes;
    }

    /** Does nothing before the start: the container is not complete then. */
    static class Protection
            implements ContainerPostProcessor<Object, Object, AbstractMessageListenerContainer<Object, Object>> {

        private final ObjectProvider<ListenerStart> start;

        Protection(ObjectProvider<ListenerStart> start) {
            this.start = start;
        }

        @Override
        public void postProcess(AbstractMessageListenerContainer<Object, Object> container) {
            start.ifAvailable(started -> started.protectLate(container));
        }
    }
}
