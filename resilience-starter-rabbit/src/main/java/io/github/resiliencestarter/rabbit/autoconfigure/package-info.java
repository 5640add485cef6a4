/** Auto-configuration. Known by nobody. */
@NullMarked
package io.github.resiliencestarter.rabbit.autoconfigure;

import org.jspecify.annotations.NullMarked;
