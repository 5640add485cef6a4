package io.github.resiliencestarter.samples.orders;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service. Nothing here, or below, configures error handling: it is application.yml. */
@SpringBootApplication
public class OrdersApplication {}
