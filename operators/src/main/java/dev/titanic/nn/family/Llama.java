package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * Llama: RMSNorm before attention and before a gated SiLU network, rotary positions, grouped-query
 * attention; the head may be tied to the embedding.
 *
 * <p>Rotary tables are float32 from the inverse frequencies on, as in transformers, so that both
 * compute the same numbers.
 */
@AutoService(Family.class)
public final class Llama implements Family {

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

      def attend(self, x: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        tokens = torch.size(x, 1)
        cos = torch.slice(tables[0], 0, 0, tokens)
        sin = torch.slice(tables[1], 0, 0, tokens)
        q = self.rotate(self.heads(self.self_attn_q_proj(x, weights, noise), %3$d), cos, sin)
        k = self.rotate(self.heads(self.self_attn_k_proj(x, weights, noise), %4$d), cos, sin)
        v = self.heads(self.self_attn_v_proj(x, weights, noise), %4$d)
        mixed = self.attention(q, self.share(k), self.share(v), noise)
        joined = torch.reshape(torch.transpose(mixed, 1, 2), [torch.size(x, 0), tokens, %5$d])
        return self.self_attn_o_proj(joined, weights, noise)

      def feed_forward(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        gate = self.activation(self.mlp_gate_proj(x, weights, noise))
        return self.mlp_down_proj(torch.mul(gate, self.mlp_up_proj(x, weights, noise)), weights, noise)

      %6$s
      %7$s
      %8$s
      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.model_embed_tokens(tokens, weights, noise)

      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        normed = self.input_layernorm(hidden, weights, noise)
        middle = torch.add(hidden, self.attend(normed, tables, weights, noise))
        normed_middle = self.post_attention_layernorm(middle, weights, noise)
        return torch.add(middle, self.feed_forward(normed_middle, weights, noise))

      def logits(self, hidden: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.lm_head(self.model_norm(hidden, weights, noise), weights, noise)
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
    double epsilon = config.number("rms_norm_eps", 1e-6);
    Embedding embedding = Embedding.padded("model.embed_tokens", vocabulary, hidden, config);
    Linear head =
        config.flag("tie_word_embeddings", false)
            ? Linear.tied("lm_head", embedding)
            : Linear.of("lm_head", hidden, vocabulary);
    return new Architecture(
        modelType(),
        vocabulary,
        hidden,
        config.positive("max_position_embeddings", 2048),
        new Part("", List.of(embedding)),
        Part.repeated(
            "model.layers.%d.",
            config.positive("num_hidden_layers"), block(config, Heads.of(config), hidden, epsilon)),
        new Part("", List.of(new RmsNorm("model.norm", hidden, epsilon), head)),
        source(config, Heads.of(config)));
  }

  private static void refuseWhatTheProgramLacks(ModelConfig config) {
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

  private static List<Submodule> block(
      ModelConfig config, Heads heads, long hidden, double epsilon) {
    long inner = config.positive("intermediate_size");
    long queries = (long) heads.queries * heads.size;
    long keys = (long) heads.keys * heads.size;
    boolean attentionBias = config.flag("attention_bias", false);
    boolean mlpBias = config.flag("mlp_bias", false);
    return List.of(
        new RmsNorm("input_layernorm", hidden, epsilon),
        Linear.of("self_attn.q_proj", hidden, queries, attentionBias),
        Linear.of("self_attn.k_proj", hidden, keys, attentionBias),
        Linear.of("self_attn.v_proj", hidden, keys, attentionBias),
        Linear.of("self_attn.o_proj", queries, hidden, attentionBias),
        new RmsNorm("post_attention_layernorm", hidden, epsilon),
        Linear.of("mlp.gate_proj", hidden, inner, mlpBias),
        Linear.of("mlp.up_proj", hidden, inner, mlpBias),
        Linear.of("mlp.down_proj", inner, hidden, mlpBias));
  }

  private static String source(ModelConfig config, Heads heads) {
    int group = heads.queries / heads.keys;
    return SOURCE.formatted(
        heads.size,
        Double.toString(ropeTheta(config)),
        heads.queries,
        heads.keys,
        heads.queries * heads.size,
        group == 1 ? UNSHARED : SHARED.formatted(group),
        Attention.of(heads.size, config.rate("attention_dropout", 0)).source(),
        Activation.of(config, "hidden_act", "silu").source());
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
