package io.github.resiliencestarter.samples.payment.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The shop. Nothing here, or below, configures protection: it is one annotation and application.yml. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShopApplication {}
