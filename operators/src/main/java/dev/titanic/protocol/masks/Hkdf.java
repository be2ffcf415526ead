package dev.titanic.protocol.masks;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 and without salt (RFC 5869), for keys of up to 32 bytes. */
final class Hkdf {
  private static final String MAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  /**
   * Derives a key.
   *
   * @param secret from a key agreement
   * @param info what the key is for: other bytes give an unrelated key
   */
  static byte[] derive(byte[] secret, byte[] info, int bytes) throws GeneralSecurityException {
    byte[] extracted = mac(new byte[HASH_BYTES], secret);
    byte[] firstBlock = Arrays.copyOf(info, info.length + 1);
    firstBlock[info.length] = 1;
    return Arrays.copyOf(mac(extracted, firstBlock), bytes);
  }

  private static byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(MAC);
    mac.init(new SecretKeySpec(key, MAC));
    return mac.doFinal(message);
  }
}
