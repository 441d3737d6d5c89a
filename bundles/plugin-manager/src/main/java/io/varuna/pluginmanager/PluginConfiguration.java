package io.varuna.pluginmanager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code io.varuna.plugins}. */
@ObjectClassDefinition(name = "Varuna plugins", description = "Where plugins come from, and whom to trust")
@interface PluginConfiguration {
    String PID = "io.varuna.plugins";

    @AttributeDefinition(
            description =
                    "What becomes of a plugin that nobody trusted has signed: 'enforce' refuses it, 'warn' installs"
                            + " it and logs a warning, 'off' does not look. While it is empty, 'warn' counts where REST"
                            + " serves this machine only, and 'enforce' elsewhere")
    String signature() default "";

    @AttributeDefinition(
            description =
                    "Certificates of trusted signers, or of authorities that certify them: a directory of files in"
                            + " PEM or DER, or a key store in PKCS #12. Relative to etc/")
    String trusted() default "trusted";

    @AttributeDefinition(description = "Password of the key store", type = AttributeType.PASSWORD)
    String trusted_password() default "";

    @AttributeDefinition(
            description = "Catalogues beside that of the distribution: directories, KARs, or http and https addresses."
                    + " Relative to the directory of the distribution")
    String[] catalogs() default {};

    @AttributeDefinition(
            description =
                    "A directory in Maven's layout, in which mvn: coordinates are looked for. Relative to the directory"
                            + " of the distribution")
    String repository() default "";
}
