package io.github.resiliencestarter.call;

import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;

/** Hands out the pipelines to code without an annotation. */
public final class ProgrammaticCalls implements ResilientCalls {

    private final Pipelines pipelines;

    public ProgrammaticCalls(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public ProtectedCall call(String name) {
        return new PipelineCall(pipelines.get(name), false);
    }
}
