package io.github.resiliencestarter.benchmarks.peer;

/** A remote behind its protection, as a caller sees it. */
@FunctionalInterface
public interface Protection {

    String call(Request request) throws Exception;
}
