package io.github.resiliencestarter.samples.payment.shop;

record Order(long id, long productId, int quantity, long amountCents, OrderStatus status) {}
