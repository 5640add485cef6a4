package io.github.resiliencestarter.call.aop;

/** Which of resilience4j's own aspects stands outside: the one with the lower order. */
record AspectOrder(int circuitBreaker, int retry) {

    boolean breakerIsOutside() {
        return circuitBreaker < retry;
    }
}
