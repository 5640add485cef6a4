package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Proxy;
import java.util.List;
import org.springframework.util.ClassUtils;

/** What somebody has written, behind the class of a bean: a class; or, where the class was made at run time, interfaces. */
final class UserTypes {

    private UserTypes() {}

    /** One class, or the interfaces of a JDK proxy or a lambda: a client of an HTTP interface, a repository. */
    static List<Class<?>> of(Class<?> beanClass) {
        return hasOnlyInterfaces(beanClass)
                ? List.of(beanClass.getInterfaces())
                : List.of(ClassUtils.getUserClass(beanClass));
    }

    /** Whether nobody has written the class: then its interfaces say what it is. */
    static boolean hasOnlyInterfaces(Class<?> beanClass) {
        return Proxy.isProxyClass(beanClass) || ClassUtils.isLambdaClass(beanClass);
    }
}
