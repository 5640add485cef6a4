package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.aop.ProtectedMethod;
import io.github.resiliencestarter.call.aop.ProtectedMethods;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The calls of an application for reading: all in short, or one with everything that is known of it. */
final class CallsView {

    private final Pipelines pipelines;
    private final ProtectedMethods methods;

    CallsView(Pipelines pipelines, ProtectedMethods methods) {
        this.pipelines = pipelines;
        this.methods = methods;
    }

    /** The pipeline of this name; null if there is none, for looking at a call must not make it. */
    @Nullable
    Pipeline find(String call) {
        return pipelines.all().stream()
                .filter(pipeline -> pipeline.plan().name().equals(call))
                .findFirst()
                .orElse(null);
    }

    /** Each call in short, by its name. */
    Map<String, Object> all() {
        Map<String, Object> calls = new TreeMap<>();
        pipelines.all().forEach(pipeline -> calls.put(pipeline.plan().name(), summary(pipeline)));
        return calls;
    }

    Map<String, Object> details(Pipeline pipeline) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", pipeline.plan().name());
        view.putAll(summary(pipeline));
        view.put("settings", SettingsView.ofCall(pipeline.plan()));
        view.put("strategies", SettingsView.strategies(pipeline.plan()));
        view.put("state", StateView.of(pipeline));
        view.put("failedAttempts", StateView.failedAttempts(pipeline.counts()));
        view.put("methods", methodsOf(pipeline.plan().name()));
        return view;
    }

    private static Map<String, Object> summary(Pipeline pipeline) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("order", pipeline.order().stream().map(Strategy::label).toList());
        CircuitBreaker breaker = pipeline.circuitBreaker();
        if (breaker != null) {
            view.put("circuit", breaker.getState().name());
        }
        view.put("counts", StateView.counts(pipeline.counts()));
        view.put("attempts", pipeline.counts().attempts());
        return view;
    }

    private List<Map<String, Object>> methodsOf(String call) {
        return methods.all().stream()
                .filter(method -> method.pipeline().plan().name().equals(call))
                .sorted(Comparator.comparing(ProtectedMethod::label))
                .map(CallsView::method)
                .toList();
    }

    private static Map<String, Object> method(ProtectedMethod method) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("class", method.type().getName());
        view.put("method", method.method().getName());
        ResilientCall annotation = method.annotation();
        if (annotation != null && !annotation.fallback().isBlank()) {
            view.put("fallback", annotation.fallback().trim());
        }
        if (method.isIdempotent()) {
            view.put("idempotent", true);
        }
        if (annotation != null && annotation.wrapWith() != Throwable.class) {
            view.put("wrapWith", annotation.wrapWith().getName());
        }
        return view;
    }
}
