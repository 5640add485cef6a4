/** Auto-configuration. Known by nobody. */
@NullMarked
package io.github.resiliencestarter.kafka.autoconfigure;

import org.jspecify.annotations.NullMarked;
