/** Real servers that tests start, break and bring back. */
@NullMarked
package io.github.resiliencestarter.test.server;

import org.jspecify.annotations.NullMarked;
