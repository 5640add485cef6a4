/** What an application sees of the RabbitMQ module. */
@NullMarked
package io.github.resiliencestarter.rabbit;

import org.jspecify.annotations.NullMarked;
