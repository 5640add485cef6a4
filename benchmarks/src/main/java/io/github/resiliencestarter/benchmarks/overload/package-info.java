/** A server that gets too much, in virtual time: which retries let it recover, and which do not. */
@NullMarked
package io.github.resiliencestarter.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
