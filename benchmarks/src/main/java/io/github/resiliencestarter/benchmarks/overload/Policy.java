package io.github.resiliencestarter.benchmarks.overload;

/** What the instances of the application do about attempts that fail. */
enum Policy {
    NO_RETRIES("no retries", 1, false, false),
    RETRIES("retries", 3, false, false),
    BREAKER("retries, breaker", 3, true, false),
    BUDGET("retries, budget", 3, false, true),
    BREAKER_AND_BUDGET("retries, breaker, budget", 3, true, true);

    private final String title;
    private final int attempts;
    private final boolean breaker;
    private final boolean budget;

    Policy(String title, int attempts, boolean breaker, boolean budget) {
        this.title = title;
        this.attempts = attempts;
        this.breaker = breaker;
        this.budget = budget;
    }

    String title() {
        return title;
    }

    int attempts() {
        return attempts;
    }

    boolean hasBreaker() {
        return breaker;
    }

    boolean hasBudget() {
        return budget;
    }
}
