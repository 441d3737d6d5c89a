package io.varuna.shell;

import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "varuna",
        name = "hash-password",
        description = "Asks for a password and shows the line that lets a user in at the REST interface",
        detailedDescription =
                """
                Example:
                  varuna:hash-password ann
                The line goes into etc/io.varuna.rest.cfg.
                """)
public final class HashPassword extends VarunaAction {
    /** What OWASP advises for PBKDF2 with HMAC-SHA-256. */
    private static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    @Argument(name = "user", description = "Name of the user", required = true)
    String user = "";

    @Override
    void run(PrintStream out) throws Exception {
        if (!user.matches("[A-Za-z0-9._@-]+")) {
            throw new CommandException("The name '" + user + "' may only have letters, digits, '.', '_', '@' and '-'.");
        }
        String password = session.readLine("Password: ", '*');
        if (password == null || password.isEmpty()) {
            throw new CommandException("The password is empty.");
        }
        if (!password.equals(session.readLine("Again: ", '*'))) {
            throw new CommandException("The two passwords differ.");
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        out.println("users = " + user + ":" + hash(password.toCharArray(), salt, ITERATIONS));
    }

    /** Returns a hash in the form that the REST interface reads. */
    static String hash(char[] password, byte[] salt, int iterations) throws GeneralSecurityException {
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password, salt, iterations, HASH_BITS))
                .getEncoded();
        Arrays.fill(password, ' ');
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$pbkdf2-sha256$i=" + iterations + "$" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(hash);
    }
}
