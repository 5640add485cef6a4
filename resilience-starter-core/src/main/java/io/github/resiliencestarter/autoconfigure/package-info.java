/** <em>Internal.</em> Makes the beans, reads the properties, and explains what stopped the start. Known by nobody. */
@NullMarked
package io.github.resiliencestarter.autoconfigure;

import org.jspecify.annotations.NullMarked;
