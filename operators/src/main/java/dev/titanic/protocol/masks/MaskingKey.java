package dev.titanic.protocol.masks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;

/**
 * An owner's half of the masks that it shares with every other owner: an X25519 key pair that is in
 * this process's memory and nowhere else, and is gone with the attempt of the job for which it was
 * made.
 *
 * <p>Masks come from the secret of two owners and the transaction. A restart makes new keys in
 * every owner, so a transaction that is run again under the same id, with other values perhaps,
 * meets other masks: the difference of two contributions says nothing. Within an attempt
 * transaction ids grow, which is checked here, because two values under one mask would show their
 * difference.
 */
public final class MaskingKey {
  private static final String ALGORITHM = "X25519";
  private static final byte[] PURPOSE = "titanic masks of a sum, 1".getBytes(US_ASCII);
  private static final int MASK_KEY_BYTES = 32;

  private final KeyPair pair;

  /** By the other owner's public key: as many as there are owners, which keep their keys. */
  private final Map<String, byte[]> secrets = new HashMap<>();

  private long lastTransaction = -1;

  private MaskingKey(KeyPair pair) {
    this.pair = pair;
  }

  public static MaskingKey generate() {
    try {
      return new MaskingKey(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  /** The public key, in Base64 of its X.509 encoding. */
  public String announced() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /**
   * Makes the masks of a transaction. Of two owners, the earlier one in the list adds.
   *
   * @param transaction id, larger than that of any masks before
   * @param owners what all owners that take part have announced, in one order for all of them
   * @throws MaskException when there is nobody else, when this owner is not among them, or when
   *     masks would be used again
   */
  public Masks masks(long transaction, List<String> owners) {
    int self = owners.indexOf(announced());
    if (self < 0 || owners.size() < 2 || owners.stream().distinct().count() != owners.size()) {
      throw new MaskException(
          "masks among %d owners, this one at %d; valid: at least two, each with its own key"
              .formatted(owners.size(), self));
    }
    if (transaction <= lastTransaction) {
      throw new MaskException(
          "masks of transaction %d again, behind %d".formatted(transaction, lastTransaction));
    }
    lastTransaction = transaction;
    List<PairMask> pairs = new ArrayList<>();
    for (int other = 0; other < owners.size(); other++) {
      if (other != self) {
        byte[] secret = secrets.computeIfAbsent(owners.get(other), this::agree);
        int earlier = Math.min(self, other);
        int later = Math.max(self, other);
        byte[] info = info(transaction, owners.get(earlier), owners.get(later));
        pairs.add(pair(secret, info, self == earlier));
      }
    }
    return new Masks(pairs);
  }

  private byte[] agree(String other) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(other)));
      KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
      agreement.init(pair.getPrivate());
      agreement.doPhase(key, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new MaskException("an owner's masking key is no X25519 key: " + other, e);
    }
  }

  private static PairMask pair(byte[] secret, byte[] info, boolean adds) {
    try {
      return new PairMask(Hkdf.derive(secret, info, MASK_KEY_BYTES), adds);
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  private static byte[] info(long transaction, String earlier, String later) {
    byte[] keys = (earlier + " " + later).getBytes(US_ASCII);
    return ByteBuffer.allocate(PURPOSE.length + Long.BYTES + keys.length)
        .put(PURPOSE)
        .putLong(transaction)
        .put(keys)
        .array();
  }

  static MaskException unsupported(GeneralSecurityException e) {
    return new MaskException("this JVM lacks X25519, HMAC-SHA256 or AES in counter mode", e);
  }
}
