package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Llama: RMSNorm before attention and before a gated SiLU network, rotary positions, grouped-query
 * attention, no biases; the head may be tied to the embedding.
 *
 * <p>Rotary tables are float32 from the inverse frequencies on, as in transformers, so that both
 * compute the same numbers.
 */
final class Llama implements Family {

  private static final String SOURCE =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        exponents = torch.div(torch.to(torch.arange(0, %1$d, 2), 6), %1$d)
        frequencies = torch.reciprocal(torch.pow(%2$s, exponents))
        angles = torch.outer(torch.to(positions, 6), frequencies)
        both = torch.cat([angles, angles], -1)
        return [torch.cos(both), torch.sin(both)]

      def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        left, right, = torch.chunk(x, 2, -1)
        turned = torch.cat([torch.neg(right), left], -1)
        return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

      def heads(self, x: Tensor, count: int) -> Tensor:
        return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), count, %1$d]), 1, 2)

      def attend(self, x: Tensor, tables: List[Tensor], query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        tokens = torch.size(x, 1)
        cos = torch.slice(tables[0], 0, 0, tokens)
        sin = torch.slice(tables[1], 0, 0, tokens)
        q = self.rotate(self.heads(torch.linear(x, query), %3$d), cos, sin)
        k = self.rotate(self.heads(torch.linear(x, key), %4$d), cos, sin)
        v = self.heads(torch.linear(x, value), %4$d)
        mixed = torch.scaled_dot_product_attention(q, self.share(k), self.share(v), None, 0., True)
        return torch.reshape(torch.transpose(mixed, 1, 2), [torch.size(x, 0), tokens, %5$d])

      %6$s

      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor]) -> Tensor:
        return torch.embedding(weights[0], tokens)

      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor]) -> Tensor:
        norm1, query, key, value, output, norm2, gate, up, down, = weights
        normed1 = torch.rms_norm(hidden, [%7$d], norm1, %8$s)
        attended = torch.linear(self.attend(normed1, tables, query, key, value), output)
        middle = torch.add(hidden, attended)
        normed2 = torch.rms_norm(middle, [%7$d], norm2, %8$s)
        gated = torch.mul(torch.silu(torch.linear(normed2, gate)), torch.linear(normed2, up))
        return torch.add(middle, torch.linear(gated, down))

      def logits(self, hidden: Tensor, weights: List[Tensor]) -> Tensor:
        norm, head, = weights
        return torch.linear(torch.rms_norm(hidden, [%7$d], norm, %8$s), head)
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

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    refuseWhatTheProgramLacks(config);
    int vocabulary = config.positive("vocab_size");
    int hidden = config.positive("hidden_size");
    Weight embedding = Weight.of("model.embed_tokens.weight", vocabulary, hidden);
    Weight head =
        config.flag("tie_word_embeddings", false)
            ? embedding
            : Weight.of("lm_head.weight", vocabulary, hidden);
    return new Architecture(
        modelType(),
        vocabulary,
        hidden,
        config.positive("max_position_embeddings", 2048),
        List.of(embedding),
        blocks(config, Heads.of(config), hidden),
        List.of(Weight.of("model.norm.weight", hidden), head),
        source(config, Heads.of(config), hidden));
  }

  private static void refuseWhatTheProgramLacks(ModelConfig config) {
    for (String bias : List.of("attention_bias", "mlp_bias")) {
      if (config.flag(bias, false)) {
        throw config.invalid(bias, "false");
      }
    }
    if (config.has("hidden_act") && !config.text("hidden_act").equals("silu")) {
      throw config.invalid("hidden_act", "silu");
    }
    for (String key : List.of("rope_parameters", "rope_scaling")) {
      ModelConfig rope = config.object(key);
      for (String type : List.of("rope_type", "type")) {
        if (rope.has(type) && !rope.text(type).equals("default")) {
          throw rope.invalid(type, "default");
        }
      }
    }
  }

  private static double ropeTheta(ModelConfig config) {
    return config.object("rope_parameters").number("rope_theta", config.number("rope_theta", 1e4));
  }

  private static List<List<Weight>> blocks(ModelConfig config, Heads heads, long hidden) {
    long inner = config.positive("intermediate_size");
    long queries = (long) heads.queries * heads.size;
    long keys = (long) heads.keys * heads.size;
    return IntStream.range(0, config.positive("num_hidden_layers"))
        .mapToObj(block -> "model.layers." + block + ".")
        .map(
            block ->
                List.of(
                    Weight.of(block + "input_layernorm.weight", hidden),
                    Weight.of(block + "self_attn.q_proj.weight", queries, hidden),
                    Weight.of(block + "self_attn.k_proj.weight", keys, hidden),
                    Weight.of(block + "self_attn.v_proj.weight", keys, hidden),
                    Weight.of(block + "self_attn.o_proj.weight", hidden, queries),
                    Weight.of(block + "post_attention_layernorm.weight", hidden),
                    Weight.of(block + "mlp.gate_proj.weight", inner, hidden),
                    Weight.of(block + "mlp.up_proj.weight", inner, hidden),
                    Weight.of(block + "mlp.down_proj.weight", hidden, inner)))
        .toList();
  }

  private static String source(ModelConfig config, Heads heads, int hidden) {
    int group = heads.queries / heads.keys;
    return SOURCE.formatted(
        heads.size,
        Double.toString(ropeTheta(config)),
        heads.queries,
        heads.keys,
        heads.queries * heads.size,
        group == 1 ? UNSHARED : SHARED.formatted(group),
        hidden,
        Double.toString(config.number("rms_norm_eps", 1e-6)));
  }

  /**
   * Attention heads.
   *
   * @param keys heads of keys and of values
   * @param size dimensions of one head
   */
  private record Heads(int queries, int keys, int size) {

    static Heads of(ModelConfig config) {
      int queries = config.positive("num_attention_heads");
      int keys = config.positive("num_key_value_heads", queries);
      if (queries % keys != 0) {
        throw config.invalid("num_key_value_heads", "a divisor of num_attention_heads");
      }
      int size = config.positive("head_dim", config.positive("hidden_size") / queries);
      if (size % 2 != 0) {
        throw config.invalid("head_dim", "an even number");
      }
      return new Heads(queries, keys, size);
    }
  }
}
