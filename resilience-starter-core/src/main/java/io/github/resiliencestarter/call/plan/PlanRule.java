package io.github.resiliencestarter.call.plan;

/** One thing that cannot be meant, found in a plan. */
interface PlanRule {

    void check(CallPlan plan, Findings findings);
}
