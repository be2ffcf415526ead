package dev.titanic.protocol.masks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HkdfTest {

  /** RFC 5869, appendix A.3: without salt and info, the first 32 of 42 bytes. */
  @Test
  void derivesWhatTheStandardSays() throws Exception {
    byte[] secret = new byte[22];
    Arrays.fill(secret, (byte) 0x0b);

    assertThat(HexFormat.of().formatHex(Hkdf.derive(secret, new byte[0], 32)))
        .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
  }

  @Test
  void otherInfoGivesAnotherKey() throws Exception {
    byte[] secret = {1, 2, 3};

    assertThat(Hkdf.derive(secret, new byte[] {1}, 32))
        .isNotEqualTo(Hkdf.derive(secret, new byte[] {2}, 32));
  }
}
