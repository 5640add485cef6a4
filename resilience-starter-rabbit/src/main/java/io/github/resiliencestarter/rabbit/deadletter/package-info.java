/** Dead letters as messages of RabbitMQ: sent, read, parked, sent back. Internal, but for what its documentation names. */
@NullMarked
package io.github.resiliencestarter.rabbit.deadletter;

import org.jspecify.annotations.NullMarked;
