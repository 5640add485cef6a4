/** Starts the service and its broker, and tells its story. */
@NullMarked
package io.github.resiliencestarter.samples.orders;

import org.jspecify.annotations.NullMarked;
