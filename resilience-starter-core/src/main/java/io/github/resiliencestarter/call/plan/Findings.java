package io.github.resiliencestarter.call.plan;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the rules found: errors, which stop the start, and warnings. Not thread-safe. */
public final class Findings {

    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    public void error(String where, String what, String remedy) {
        errors.add(new Problem(where, what, remedy));
    }

    public void warn(String where, String what, String remedy) {
        warnings.add(new Problem(where, what, remedy));
    }

    public void add(ResilienceConfigurationException exception) {
        errors.addAll(exception.getProblems());
    }

    public List<Problem> errors() {
        return List.copyOf(errors);
    }

    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Turns every warning into an error. */
    public void promoteWarnings() {
        errors.addAll(warnings);
        warnings.clear();
    }

    public void throwErrors() {
        if (!errors.isEmpty()) {
            throw new ResilienceConfigurationException(new ArrayList<>(errors));
        }
    }
}
