/** Calls whose remote fails when a test, or a chaos profile, says so. */
@NullMarked
package io.github.resiliencestarter.test.fault;

import org.jspecify.annotations.NullMarked;
