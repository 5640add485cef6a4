package io.github.resiliencestarter.docs;

record Order(String id, long cents) {}
