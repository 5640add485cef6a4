/**
 * <em>Internal.</em> The catalogue: what the exceptions of well-known clients say about the outcome of an attempt. Each class
 * knows one client, so that a host without it never loads the class.
 */
@NullMarked
package io.github.resiliencestarter.call.outcome;

import org.jspecify.annotations.NullMarked;
