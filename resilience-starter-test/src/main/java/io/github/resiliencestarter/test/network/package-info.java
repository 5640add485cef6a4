/** A network that fails when a test says so. */
@NullMarked
package io.github.resiliencestarter.test.network;

import org.jspecify.annotations.NullMarked;
