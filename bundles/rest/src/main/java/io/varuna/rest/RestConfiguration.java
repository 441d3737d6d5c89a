package io.varuna.rest;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code io.varuna.rest}. */
@ObjectClassDefinition(name = "Varuna REST", description = "The management interface over HTTP")
@interface RestConfiguration {
    String PID = "io.varuna.rest";

    @AttributeDefinition(description = "Largest body of a request, in bytes")
    int body_limit() default 10 * 1024 * 1024;

    @AttributeDefinition(description = "How many clients may follow the output of rules at one time")
    int event_streams() default 32;

    @AttributeDefinition(description = "Whether POST /stop ends the process")
    boolean stop_allowed() default false;

    @AttributeDefinition(
            description = "Who may use the interface: name:hash, as the shell's varuna:hash-password prints it."
                    + " While there is nobody, only this machine is served")
    String[] users() default {};

    @AttributeDefinition(
            description =
                    "Host names under which the interface is called, beside localhost. Empty allows any as soon as"
                            + " there are users, and localhost only before")
    String[] hosts() default {};

    @AttributeDefinition(
            description =
                    "Origins of web pages elsewhere that may call the interface, such as https://panel.example.org")
    String[] origins() default {};

    @AttributeDefinition(
            description =
                    "Addresses of proxies in front that add to X-Forwarded-For for whom they ask. Wrong passwords are"
                            + " counted for each of those then, not for the proxy")
    String[] proxies() default {};
}
