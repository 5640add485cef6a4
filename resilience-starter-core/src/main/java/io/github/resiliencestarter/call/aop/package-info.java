/**
 * <em>Internal.</em> From the annotation to the pipeline: one advisor with a static matcher, one interceptor, and the
 * fallbacks, looked up once when the application starts.
 */
@NullMarked
package io.github.resiliencestarter.call.aop;

import org.jspecify.annotations.NullMarked;
