package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is wrong with one call.
 *
 * @param failRate Share of attempts that fail, from 0 to 1.
 * @param failNext Attempts that fail from the start on.
 * @param exception Class of the exceptions that are thrown; an InjectedFaultException unless it is set.
 * @param latency Time that each attempt takes before it does anything else.
 * @param hang Whether attempts wait until they are interrupted.
 */
record ChaosOfCall(
        @DefaultValue("0") double failRate,
        @DefaultValue("0") int failNext,
        @Nullable Class<?> exception,
        @DefaultValue("0ms") Duration latency,
        @DefaultValue("false") boolean hang) {

    /** @throws ResilienceConfigurationException naming the key below {@code where} that cannot be used */
    void applyTo(CallFault fault, String where) {
        if (!(failRate >= 0 && failRate <= 1)) {
            throw wrong(where + ".fail-rate", failRate + " is no share of attempts", "Set it from 0 to 1");
        }
        if (failNext < 0) {
            throw wrong(where + ".fail-next", failNext + " is no number of attempts", "Set it to 0 or more");
        }
        Class<? extends Throwable> type = exceptionType(where + ".exception");
        try {
            fault.slow(latency).failRate(failRate, type).failNext(failNext, type);
        } catch (IllegalArgumentException cannotBeMade) {
            throw wrong(
                    where + ".exception",
                    String.valueOf(cannotBeMade.getMessage()),
                    "Name another class of exceptions");
        }
        if (hang) {
            fault.hang();
        }
    }

    private Class<? extends Throwable> exceptionType(String where) {
        if (exception == null) {
            return InjectedFaultException.class;
        }
        if (!Throwable.class.isAssignableFrom(exception)) {
            throw wrong(where, exception.getName() + " is no exception", "Name a class that extends Throwable");
        }
        return exception.asSubclass(Throwable.class);
    }

    private static ResilienceConfigurationException wrong(String where, String what, String remedy) {
        return new ResilienceConfigurationException(List.of(new Problem(where, what, remedy)));
    }
}
