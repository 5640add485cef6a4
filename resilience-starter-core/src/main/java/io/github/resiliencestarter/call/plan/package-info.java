/**
 * <em>Internal.</em> From properties to the immutable plan of a call: {@link
 * io.github.resiliencestarter.call.plan.CallSettings} is the shape of the YAML, {@link
 * io.github.resiliencestarter.call.plan.PlanResolver} lays defaults, inheritance and resilience4j's own properties over
 * each other, and the {@link io.github.resiliencestarter.call.plan.PlanRule rules} find what cannot be meant.
 */
@NullMarked
package io.github.resiliencestarter.call.plan;

import org.jspecify.annotations.NullMarked;
