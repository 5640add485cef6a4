package io.github.resiliencestarter.samples.payment.shop;

record Product(long id, String name, long priceCents) {}
