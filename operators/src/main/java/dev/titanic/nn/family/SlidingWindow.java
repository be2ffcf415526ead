package dev.titanic.nn.family;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A limit to the tokens before that attention sees.
 *
 * @param tokens that a token sees, itself among them
 * @param blocks with the limit, by index
 */
record SlidingWindow(int tokens, Set<Integer> blocks) {
  static final SlidingWindow NOWHERE = new SlidingWindow(Integer.MAX_VALUE, Set.of());

  SlidingWindow {
    blocks = Set.copyOf(blocks);
  }

  static SlidingWindow everywhere(int tokens, int blocks) {
    return new SlidingWindow(
        tokens, IntStream.range(0, blocks).boxed().collect(Collectors.toUnmodifiableSet()));
  }

  boolean isNowhere() {
    return blocks.isEmpty();
  }
}
