package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.Suggestion;
import java.util.HashSet;
import java.util.Set;

/** Names under {@code resilience.calls} that no annotation has. Those that only code uses cannot be seen, so it is a warning. */
final class UnknownNames {

    private final PlanResolver plans;
    private final Pipelines pipelines;
    private final PropertyOrigins origins;

    UnknownNames(PlanResolver plans, Pipelines pipelines, PropertyOrigins origins) {
        this.plans = plans;
        this.pipelines = pipelines;
        this.origins = origins;
    }

    void check(Set<String> annotated, Findings findings) {
        Set<String> known = new HashSet<>(plans.basesInUse());
        known.addAll(annotated);
        pipelines.all().forEach(pipeline -> known.add(pipeline.plan().name()));
        for (String name : plans.configuredNames()) {
            if (!known.contains(name) && annotated.stream().noneMatch(each -> isOtherSpelling(each, name))) {
                findings.warn(
                        PlanResolver.propertyOf(name),
                        "no @ResilientCall has the name '" + name + "'",
                        remedy(name, annotated));
            }
        }
    }

    /** Environment variables lose case and hyphens; beside the proper entry such a spelling is the same call. */
    private boolean isOtherSpelling(String annotated, String configured) {
        return PropertyOrigins.same(annotated, configured)
                && plans.configuredNames().contains(annotated);
    }

    private String remedy(String name, Set<String> annotated) {
        for (String each : annotated) {
            String left = withoutLostCharacters(each);
            if (!left.equals(each) && PropertyOrigins.same(left, name)) {
                return "Write \"[" + each + "]\", with brackets and quotes: without them"
                        + " nothing is left of a name but letters, digits, - and _";
            }
            if (PropertyOrigins.same(each, name) && isOnlyInTheEnvironment(name)) {
                return "Write an entry for '" + each + "' into the YAML, too, even one with a single key:"
                        + " an environment variable cannot tell how the name is spelled";
            }
        }
        return Suggestion.didYouMean(name, annotated, "Remove it, unless the name is only used through ResilientCalls");
    }

    /** What Spring Boot makes of a name that is not in brackets. */
    private static String withoutLostCharacters(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "");
    }

    private boolean isOnlyInTheEnvironment(String name) {
        String section = PlanResolver.propertyOf(name) + ".";
        return origins.all().stream()
                .filter(written -> written.name().startsWith(section))
                .noneMatch(PropertyOrigins.Written::exact);
    }
}
