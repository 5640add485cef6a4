/** What an application sees of the Kafka module. */
@NullMarked
package io.github.resiliencestarter.kafka;

import org.jspecify.annotations.NullMarked;
