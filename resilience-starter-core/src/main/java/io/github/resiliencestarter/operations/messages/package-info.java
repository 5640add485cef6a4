/**
 * <em>Internal.</em> What operators see of messages and dead letters: log, meters, the {@code deadletters} endpoint and what
 * health says of them.
 */
@NullMarked
package io.github.resiliencestarter.operations.messages;

import org.jspecify.annotations.NullMarked;
