package io.github.resiliencestarter.test.assertion;

import org.assertj.core.api.Assertions;

/**
 * Assertions about what calls did since the test began, {@code assertThat(call("oracleStorage")).isOpen().hasAttempted(3)}, and
 * about dead letters, {@code assertThat(deadLetters("orders")).hasSize(1)}.
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

    /**
     * The dead letters that messages of this topic or queue have become, as its store has them now.
     *
     * @throws IllegalStateException if no test with a {@code ResilienceExtension} is running, or its application has no store
     */
    public static DeadLetters deadLetters(String source) {
        return CurrentProbe.get().deadLetters(source);
    }

    public static DeadLettersAssert assertThat(DeadLetters letters) {
        return new DeadLettersAssert(letters);
    }

    public static CallAssert assertThat(ObservedCall call) {
        return new CallAssert(call);
    }
}
