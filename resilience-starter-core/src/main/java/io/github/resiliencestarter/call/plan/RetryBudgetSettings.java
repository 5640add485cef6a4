package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of its load a call may add by retries and hedges, all callers together: so that a remote in trouble does not get
 * a multiple of its traffic.
 *
 * @param enabled Whether retries and hedges are limited. Default: true.
 * @param ratio Retries for each call of the window, such as 0.2 for one retry for every five calls. Default: 0.2.
 * @param minPerSecond Retries per second that are let through however few calls there are. Default: 10.
 * @param window Time over which calls and retries are counted. Default: 10s.
 */
public record RetryBudgetSettings(
        @Nullable Boolean enabled,
        @Nullable Double ratio,
        @Nullable Integer minPerSecond,
        @Nullable Duration window) {}
