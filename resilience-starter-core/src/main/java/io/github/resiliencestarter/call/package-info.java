/**
 * <em>Internal.</em> The pipeline of a call: {@link io.github.resiliencestarter.call.Pipeline} states the order, and
 * each strategy is one {@code *Stage}. Nothing here is meant to be used by applications.
 */
@NullMarked
package io.github.resiliencestarter.call;

import org.jspecify.annotations.NullMarked;
