/** Internal: calls whose methods return reactive types. Its own package, so that Reactor may be absent. */
@NullMarked
package io.github.resiliencestarter.call.reactive;

import org.jspecify.annotations.NullMarked;
