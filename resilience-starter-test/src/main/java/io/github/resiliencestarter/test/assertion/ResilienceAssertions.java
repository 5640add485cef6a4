package io.github.resiliencestarter.test.assertion;

import org.assertj.core.api.Assertions;

/**
 * Assertions about what calls did since the test began: {@code assertThat(call("oracleStorage")).isOpen().hasAttempted(3)}.
 * Those of AssertJ are inherited, so that one static import of {@code assertThat} serves both.
 */
public class ResilienceAssertions extends Assertions {

    /** Only for a class of the project's own that inherits it. */
    protected ResilienceAssertions() {}

    /**
     * The call of this name in the application of the running test.
     *
     * @throws IllegalStateException if no test with a {@code ResilienceExtension} is running
     */
    public static ObservedCall call(String name) {
        return CurrentProbe.get().call(name);
    }

    public static CallAssert assertThat(ObservedCall call) {
        return new CallAssert(call);
    }
}
