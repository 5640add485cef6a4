package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.WorkerThreads;
import io.github.resiliencestarter.call.Workers;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.task.TaskDecorator;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * What a worker thread is given of the calling thread: the MDC, whatever Micrometer's context propagation knows of (traces,
 * security), and what the host's {@link TaskDecorator} beans add.
 */
final class WorkerContext {

    private WorkerContext() {}

    static Workers workers(int maxThreads, ListableBeanFactory beans) {
        List<TaskDecorator> decorators =
                beans.getBeanProvider(TaskDecorator.class).orderedStream().toList();
        UnaryOperator<Runnable> snapshot = isPresent("io.micrometer.context.ContextSnapshotFactory")
                ? ContextSnapshots.INSTANCE
                : UnaryOperator.identity();
        BooleanSupplier transactionActive =
                isPresent("org.springframework.transaction.support.TransactionSynchronizationManager")
                        ? Transactions::active
                        : () -> false;
        UnaryOperator<Runnable> inContext = task -> {
            Runnable decorated = snapshot.apply(withMdc(task));
            for (TaskDecorator decorator : decorators) {
                decorated = decorator.decorate(decorated);
            }
            return decorated;
        };
        return new WorkerThreads(maxThreads, inContext, transactionActive);
    }

    private static Runnable withMdc(Runnable task) {
        Map<String, String> ofCaller = MDC.getCopyOfContextMap();
        if (ofCaller == null || ofCaller.isEmpty()) {
            return task;
        }
        return () -> {
            MDC.setContextMap(ofCaller);
            try {
                task.run();
            } finally {
                MDC.clear();
            }
        };
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, WorkerContext.class.getClassLoader());
    }

    /** Its own class, so that spring-tx may be absent. */
    private static final class Transactions {
        static boolean active() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }
}
