/** Internal: what runs in the process of a server, not in the JVM of the test. */
@NullMarked
package io.github.resiliencestarter.test.server.child;

import org.jspecify.annotations.NullMarked;
