package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists what is wrong with the configuration of calls, and what to do about each. */
class ResilienceConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ResilienceConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ResilienceConfigurationException cause) {
        List<Problem> problems = cause.getProblems();
        String description = "The resilience configuration cannot be used:" + System.lineSeparator()
                + System.lineSeparator()
                + list(problems, problem -> problem.where() + System.lineSeparator() + "     " + problem.what());
        return new FailureAnalysis(description, list(problems, Problem::remedy), cause);
    }

    private static String list(List<Problem> problems, Function<Problem, String> text) {
        return IntStream.range(0, problems.size())
                .mapToObj(i -> "  " + (i + 1) + ". " + text.apply(problems.get(i)))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
