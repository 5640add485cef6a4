package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.ResilientCall;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

// tag::meta[]
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ResilientCall(name = "paymentGateway", wrapWith = StorageException.class, idempotent = true)
@interface ProtectedRemote {}
// end::meta[]
