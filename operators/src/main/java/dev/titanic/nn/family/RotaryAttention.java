package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * Attention as Llama has it: linear layers of their own for queries, keys and values, rotary
 * positions, and groups of query heads that share a key and value head. As methods of a program:
 *
 * <pre>
 * tables(positions) -> List[Tensor]
 * attend(x, tables, weights, noise) -> (batch, tokens, hidden)
 * mix(q, k, v, tables, noise) -> mixed values      a block's own: over all tokens before, or a window
 * </pre>
 *
 * @param queries heads of queries
 * @param keys heads of keys and of values
 * @param dropout rate for the attention weights
 */
record RotaryAttention(int queries, int keys, Rotary rotary, double dropout, SlidingWindow window) {

  private static final String ATTEND =
      """
      def heads(self, x: Tensor, count: int) -> Tensor:
        return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), count, %1$d]), 1, 2)

      def attend(self, x: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        q = self.rotate(self.heads(self.self_attn_q_proj(x, weights, noise), %2$d), tables)
        k = self.rotate(self.heads(self.self_attn_k_proj(x, weights, noise), %3$d), tables)
        v = self.heads(self.self_attn_v_proj(x, weights, noise), %3$d)
        mixed = self.mix(q, self.share(k), self.share(v), tables, noise)
        joined = torch.reshape(torch.transpose(mixed, 1, 2), [torch.size(x, 0), torch.size(x, 1), %4$d])
        return self.self_attn_o_proj(joined, weights, noise)
      """;

  /** Every query head has its own key and value head. */
  private static final String UNSHARED =
      """
      def share(self, x: Tensor) -> Tensor:
        return x
      """;

  /** Consecutive query heads share a key and value head. */
  private static final String SHARED =
      """
      def share(self, x: Tensor) -> Tensor:
        batch, count, tokens, size, = torch.size(x)
        repeated = torch.expand(torch.unsqueeze(x, 2), [batch, count, %1$d, tokens, size])
        return torch.reshape(repeated, [batch, torch.mul(count, %1$d), tokens, size])
      """;

  private static final String TABLES =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        return self.rotary(positions)
      """;

  /** Only sequences longer than the window need its mask. */
  private static final String TABLES_WITH_WINDOW =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        tables = self.rotary(positions)
        count = torch.size(positions, 0)
        if torch.gt(count, %1$d):
          hidden = torch.new_full(tables[0], [count, count], -inf)
          mask = torch.add(torch.triu(hidden, 1), torch.tril(hidden, -%1$d))
          _0 = torch.append(tables, mask)
        return tables
      """;

  private static final String MIX_ALL_BEFORE =
      """
      def mix(self, q: Tensor, k: Tensor, v: Tensor, tables: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.attention(q, k, v, noise)
      """;

  private static final String MIX_WINDOW =
      """
      def mix(self, q: Tensor, k: Tensor, v: Tensor, tables: List[Tensor], noise: List[Generator]) -> Tensor:
        tokens = torch.size(q, 2)
        if torch.gt(tokens, %1$d):
          mask = torch.slice(torch.slice(tables[2], 0, 0, tokens), 1, 0, tokens)
          mixed = self.masked_attention(q, k, v, mask, noise)
        else:
          mixed = self.attention(q, k, v, noise)
        return mixed
      """;

  static RotaryAttention of(ModelConfig config, SlidingWindow window) {
    int queries = config.positive("num_attention_heads");
    int keys = config.positive("num_key_value_heads", queries);
    if (queries % keys != 0) {
      throw config.invalid("num_key_value_heads", "a divisor of num_attention_heads");
    }
    int size = config.positive("head_dim", config.positive("hidden_size") / queries);
    return new RotaryAttention(
        queries, keys, Rotary.whole(config, size), config.rate("attention_dropout", 0), window);
  }

  /**
   * The linear layers.
   *
   * @param bias whether queries, keys and values have one
   * @param outputBias whether what comes out has one
   */
  List<Submodule> submodules(int hidden, boolean bias, boolean outputBias) {
    return List.of(
        Linear.of("self_attn.q_proj", hidden, width(queries), bias),
        Linear.of("self_attn.k_proj", hidden, width(keys), bias),
        Linear.of("self_attn.v_proj", hidden, width(keys), bias),
        Linear.of("self_attn.o_proj", width(queries), hidden, outputBias));
  }

  private long width(int heads) {
    return (long) heads * rotary.size();
  }

  /** Methods that all blocks share. */
  String source() {
    int group = queries / keys;
    return String.join(
        "\n",
        rotary.source(),
        window.isNowhere() ? TABLES : TABLES_WITH_WINDOW.formatted(window.tokens()),
        group == 1 ? UNSHARED : SHARED.formatted(group),
        ATTEND.formatted(rotary.size(), queries, keys, width(queries)));
  }

  /** Methods of one block. */
  String source(int block) {
    String attention = Attention.of(rotary.size(), dropout).source();
    if (!window.blocks().contains(block)) {
      return attention + "\n" + MIX_ALL_BEFORE;
    }
    return String.join(
        "\n",
        attention,
        Attention.masked(rotary.size(), dropout).source(),
        MIX_WINDOW.formatted(window.tokens()));
  }
}
