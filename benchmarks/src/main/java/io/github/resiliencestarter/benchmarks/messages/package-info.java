/** What a listener costs whose messages fail now and then: ours and the stock error handlers, on the same messages of a real broker. */
@NullMarked
package io.github.resiliencestarter.benchmarks.messages;

import org.jspecify.annotations.NullMarked;
