package io.github.resiliencestarter.docs;

record Receipt(String number) {}
