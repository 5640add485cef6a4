/** Runs the scenarios and prints the peers beside each other, with the targets that ours has. */
@NullMarked
package io.github.resiliencestarter.benchmarks.report;

import org.jspecify.annotations.NullMarked;
