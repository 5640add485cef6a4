package io.github.resiliencestarter.rabbit.listener;

import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/** One of ours, around the host's. */
interface ProtectingListener extends ChannelAwareMessageListener {}
