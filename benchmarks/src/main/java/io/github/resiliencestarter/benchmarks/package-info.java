/** What protection costs: ours and its peers, measured side by side in one run. */
@NullMarked
package io.github.resiliencestarter.benchmarks;

import org.jspecify.annotations.NullMarked;
