/** What a test says about calls, and is told when it is not so. */
@NullMarked
package io.github.resiliencestarter.test.assertion;

import org.jspecify.annotations.NullMarked;
