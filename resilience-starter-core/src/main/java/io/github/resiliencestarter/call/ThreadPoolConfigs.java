package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.common.bulkhead.configuration.ThreadPoolBulkheadConfigCustomizer;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import java.util.Optional;

/** From a plan to resilience4j's config of a thread pool. Its rejections need no stack trace. */
final class ThreadPoolConfigs {

    private static final String PREFIX = "thread-pool-bulkhead.";

    private ThreadPoolConfigs() {}

    static ThreadPoolBulkheadConfig of(
            CallPlan plan, ThreadPoolBulkheadConfig base, Optional<ThreadPoolBulkheadConfigCustomizer> customizer) {
        int max = plan.get(PREFIX + "max-thread-pool-size", Integer.class);
        Integer core = plan.find(PREFIX + "core-thread-pool-size", Integer.class);
        ThreadPoolBulkheadConfig.Builder builder = ThreadPoolBulkheadConfig.from(base)
                .maxThreadPoolSize(max)
                .coreThreadPoolSize(core == null ? max : core)
                .queueCapacity(plan.get(PREFIX + "queue-capacity", Integer.class))
                .keepAliveDuration(plan.get(PREFIX + "keep-alive-duration", Duration.class));
        if (!plan.isSetInResilience4j(PREFIX + "writable-stack-trace-enabled")) {
            builder.writableStackTraceEnabled(false);
        }
        customizer.ifPresent(each -> each.customize(builder));
        return builder.build();
    }
}
