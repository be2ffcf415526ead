package dev.titanic.protocol.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasksTest {
  /** Not a multiple of a batch of the key stream, nor of an AES block. */
  private static final int ELEMENTS = 5_001;

  private static final int PIECES = 3;

  /** Of chi-square with 255 degrees of freedom, exceeded by chance once in a billion. */
  private static final double UNIFORM = 410;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void cancelInTheSumBitForBit(int owners) {
    Random random = new Random(owners);
    List<MaskingKey> keys = keys(owners);
    List<Masks> masks = masks(keys, 7);
    FixedPoint fixedPoint = new FixedPoint(owners);
    for (int piece = 0; piece < PIECES; piece++) {
      long[] expected = new long[ELEMENTS];
      long[] sum = new long[ELEMENTS];
      for (Masks own : masks) {
        double share = random.nextDouble();
        float[] values = values(random);
        long[] hidden = longs(own.hide(share, FloatBuffer.wrap(values)));
        for (int i = 0; i < ELEMENTS; i++) {
          expected[i] += fixedPoint.of(share * values[i]);
          sum[i] += hidden[i];
        }
      }
      assertThat(sum).as("piece %d", piece).isEqualTo(expected);
    }
  }

  @Test
  void oneOwnersPartLooksLikeRandomNumbers() {
    Masks masks = masks(keys(3), 7).get(1);

    byte[] zeros = masks.hide(1, FloatBuffer.allocate(ELEMENTS));
    byte[] ones = masks.hide(1, FloatBuffer.wrap(filled(1)));

    assertThat(chiSquare(zeros)).isLessThan(UNIFORM);
    assertThat(chiSquare(ones)).isLessThan(UNIFORM);
    assertThat(longs(zeros)).doesNotContain(0);
    assertThat(longs(ones)).doesNotContain(1L << 36);
  }

  /** Of zeros, what is sent is the mask itself. */
  @Test
  void areOthersForEveryPieceTransactionAndAttempt() {
    List<MaskingKey> keys = keys(2);
    Masks first = masks(keys, 7).get(0);
    List<long[]> seen = new ArrayList<>();
    seen.add(longs(first.hide(1, FloatBuffer.allocate(ELEMENTS))));
    seen.add(longs(first.hide(1, FloatBuffer.allocate(ELEMENTS))));
    seen.add(longs(masks(keys, 8).get(0).hide(1, FloatBuffer.allocate(ELEMENTS))));
    seen.add(longs(masks(keys(2), 7).get(0).hide(1, FloatBuffer.allocate(ELEMENTS))));

    assertThat(seen.stream().flatMapToLong(Arrays::stream).distinct().count())
        .isEqualTo((long) seen.size() * ELEMENTS);
  }

  @Test
  void areNeverUsedAgain() {
    List<MaskingKey> keys = keys(2);
    List<Masks> used = masks(keys, 7);

    assertThat(used).hasSize(2);
    assertThatThrownBy(() -> masks(keys, 7))
        .isInstanceOf(MaskException.class)
        .hasMessageContaining("transaction 7 again");
  }

  @Test
  void areRefusedAmongTheWrongOwners() {
    List<MaskingKey> keys = keys(3);
    String own = keys.get(0).announced();
    String other = keys.get(1).announced();
    for (List<String> owners :
        List.of(List.<String>of(), List.of(own), List.of(own, own), List.of(other, other))) {
      assertThatThrownBy(() -> keys.get(0).masks(1, owners))
          .isInstanceOf(MaskException.class)
          .hasMessageContaining("at least two");
    }
    MaskingKey key = keys.get(2);
    List<String> noKeys = List.of("", "not Base64!", own.substring(0, 40));
    for (int i = 0; i < noKeys.size(); i++) {
      long transaction = i;
      List<String> owners = List.of(key.announced(), noKeys.get(i));
      assertThatThrownBy(() -> key.masks(transaction, owners))
          .isInstanceOf(MaskException.class)
          .hasMessageContaining("no X25519 key");
    }
  }

  @Test
  void refuseWhatCannotBeSummed() {
    Masks masks = masks(keys(2), 1).get(0);

    assertThatThrownBy(() -> masks.hide(1, FloatBuffer.wrap(new float[] {0, 4e7f})))
        .isInstanceOf(MaskException.class);
    assertThatThrownBy(() -> masks.hide(1, FloatBuffer.wrap(new float[] {Float.NaN})))
        .isInstanceOf(MaskException.class);
  }

  private static List<MaskingKey> keys(int owners) {
    return IntStream.range(0, owners).mapToObj(owner -> MaskingKey.generate()).toList();
  }

  private static List<Masks> masks(List<MaskingKey> keys, long transaction) {
    List<String> announced = keys.stream().map(MaskingKey::announced).toList();
    return keys.stream().map(key -> key.masks(transaction, announced)).toList();
  }

  private static float[] values(Random random) {
    float[] values = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
    }
    return values;
  }

  private static float[] filled(float value) {
    float[] values = new float[ELEMENTS];
    Arrays.fill(values, value);
    return values;
  }

  private static long[] longs(byte[] bytes) {
    long[] elements = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(elements);
    return elements;
  }

  /** Of how often each byte occurs, against all as often. */
  private static double chiSquare(byte[] bytes) {
    int[] counts = new int[256];
    for (byte value : bytes) {
      counts[value & 0xff]++;
    }
    double expected = bytes.length / 256.0;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
