package io.github.resiliencestarter;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration of one or more calls cannot be used. Thrown while the application starts; its report lists every
 * problem with the place, the value and the remedy, so that one start is enough to find them all.
 */
public class ResilienceConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ResilienceConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong; at least one. */
    public List<Problem> getProblems() {
        return problems;
    }

    /**
     * One mistake.
     *
     * @param where the property, with its origin where it is known, or the class and method
     * @param what the value and why it cannot be used
     * @param remedy what to do about it
     */
    public record Problem(String where, String what, String remedy) {
        @Override
        public String toString() {
            return where + ": " + what + ". " + remedy;
        }
    }
}
