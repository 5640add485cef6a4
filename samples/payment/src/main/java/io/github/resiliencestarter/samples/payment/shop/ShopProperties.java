package io.github.resiliencestarter.samples.payment.shop;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param gatewayUrl where the payment gateway is
 * @param idempotencyKey whether payments carry a key by which the gateway knows a repetition
 */
@ConfigurationProperties("shop")
record ShopProperties(URI gatewayUrl, @DefaultValue("true") boolean idempotencyKey) {}
