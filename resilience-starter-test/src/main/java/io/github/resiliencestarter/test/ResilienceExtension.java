package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.assertion.ResilienceProbe;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives the tests of a Spring application {@link CallFaults faults} to inject into its calls, and calls to make assertions on;
 * with {@link WithVirtualTime}, its time too. They are beans, and parameters of test methods. Before each test everything is as
 * at the start: circuits are closed, faults are healed, time is back, and what was recorded is forgotten.
 *
 * <p>A context that tests share must not be used by two of them at the same time.
 */
public final class ResilienceExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Set<Class<?>> PARAMETERS = Set.of(VirtualTime.class, CallFaults.class, ResilienceProbe.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        state(test).begin();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        state(test).end();
    }

    private static TestedApplication state(ExtensionContext test) {
        return application(test).getBean(TestedApplication.class);
    }

    private static ApplicationContext application(ExtensionContext test) {
        return SpringExtension.getApplicationContext(test);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getDeclaringExecutable() instanceof Method
                && PARAMETERS.contains(parameter.getParameter().getType())
                && !parameter.isAnnotated(Autowired.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return application(test).getBean(parameter.getParameter().getType());
    }
}
