package io.github.resiliencestarter.samples.payment.shop;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param gatewayUrl where the payment gateway is */
@ConfigurationProperties("shop")
record ShopProperties(URI gatewayUrl) {}
