/** The ways to protect one and the same remote. Each protects the same method, which does nothing that takes time. */
@NullMarked
package io.github.resiliencestarter.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
