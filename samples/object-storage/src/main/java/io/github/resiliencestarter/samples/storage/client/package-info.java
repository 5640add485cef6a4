/** Somebody else's library: the client of an object store that fails on demand. It knows nothing of the codes. */
@NullMarked
package io.github.resiliencestarter.samples.storage.client;

import org.jspecify.annotations.NullMarked;
