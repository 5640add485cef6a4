/** Time that stands still until a test lets it go on. Needs nothing but core and Spring's scheduling. */
@NullMarked
package io.github.resiliencestarter.test.time;

import org.jspecify.annotations.NullMarked;
