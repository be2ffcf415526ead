package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * Bloom: layer norm behind the embedding and before attention and network, fused queries, keys and
 * values, and positions by linear biases on attention (ALiBi, Press et al. 2022), so that sequences
 * may be of any length.
 */
@AutoService(Family.class)
public final class Bloom implements Family {

  /**
   * The bias is the position of the key, not its distance, as in transformers: softmax makes no
   * difference, but rounding does. Of the fused linear layer, each head has its query, its key and
   * its value side by side.
   */
  private static final String ATTEND =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        slopes = %1$s
        count = torch.size(positions, 0)
        biases = torch.mul(torch.view(slopes, [1, -1, 1, 1]), torch.to(positions, 6))
        return [torch.add(biases, torch.triu(torch.new_full(biases, [count, count], -inf), 1))]

      def attend(self, x: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        batch, tokens, size, = torch.size(x)
        fused = torch.view(self.self_attention_query_key_value(x, weights, noise), [batch, tokens, %2$d, -1])
        q, k, v, = torch.chunk(torch.transpose(fused, 1, 2), 3, -1)
        mask = torch.slice(torch.slice(tables[0], 2, 0, tokens), 3, 0, tokens)
        mixed = self.masked_attention(q, k, v, mask, noise)
        joined = torch.reshape(torch.transpose(mixed, 1, 2), [batch, tokens, size])
        return self.self_attention_dense(joined, weights, noise)

      def feed_forward(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        inner = torch.gelu(self.mlp_dense_h_to_4h(x, weights, noise), approximate="tanh")
        return self.mlp_dense_4h_to_h(inner, weights, noise)
      """;

  private static final String BLOCK =
      """
      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        normed = self.input_layernorm(hidden, weights, noise)
        attended = self.attend(normed, tables, weights, noise)
        middle = torch.add(%1$s, %3$s)
        normed_middle = self.post_attention_layernorm(middle, weights, noise)
        fed = self.feed_forward(normed_middle, weights, noise)
        return torch.add(%2$s, %4$s)
      """;

  private static final String ENDS =
      """
      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        embedded = self.transformer_word_embeddings(tokens, weights, noise)
        return self.transformer_word_embeddings_layernorm(embedded, weights, noise)

      def logits(self, hidden: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.lm_head(self.transformer_ln_f(hidden, weights, noise), weights, noise)
      """;

  @Override
  public String modelType() {
    return "bloom";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    if (config.flag("slow_but_exact", false) && config.positive("pretraining_tp", 1) > 1) {
      throw config.invalid("slow_but_exact", "false");
    }
    int vocabulary = config.positive("vocab_size");
    int hidden = config.positive(key(config, "n_embed", "hidden_size"));
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    Embedding embedding = Embedding.of("transformer.word_embeddings", vocabulary, hidden);
    LayerNorm embeddingNorm =
        LayerNorm.of("transformer.word_embeddings_layernorm", hidden, epsilon);
    Linear head =
        config.flag("tie_word_embeddings", true)
            ? Linear.tied("lm_head", embedding)
            : Linear.of("lm_head", hidden, vocabulary);
    return new Architecture(
        modelType(),
        vocabulary,
        hidden,
        Integer.MAX_VALUE,
        new Part("", List.of(embedding, embeddingNorm)),
        Part.repeated(
            "transformer.h.%d.",
            config.positive(key(config, "num_hidden_layers", "n_layer")), block(hidden, epsilon)),
        new Part("", List.of(LayerNorm.of("transformer.ln_f", hidden, epsilon), head)),
        source(config, hidden));
  }

  /** Of two names for one value, the first wins where both are. */
  private static String key(ModelConfig config, String first, String second) {
    return config.has(first) ? first : second;
  }

  private static List<Submodule> block(int hidden, double epsilon) {
    return List.of(
        LayerNorm.of("input_layernorm", hidden, epsilon),
        Linear.of("self_attention.query_key_value", hidden, 3L * hidden, true),
        Linear.of("self_attention.dense", hidden, hidden, true),
        LayerNorm.of("post_attention_layernorm", hidden, epsilon),
        Linear.of("mlp.dense_h_to_4h", hidden, 4L * hidden, true),
        Linear.of("mlp.dense_4h_to_h", 4L * hidden, hidden, true));
  }

  private static String source(ModelConfig config, int hidden) {
    int heads =
        config.divisor(
            key(config, "num_attention_heads", "n_head"), key(config, "n_embed", "hidden_size"));
    double dropout = config.rate("hidden_dropout", 0);
    boolean normedResidual = config.flag("apply_residual_connection_post_layernorm", false);
    return String.join(
        "\n",
        Attention.masked(hidden / heads, config.rate("attention_dropout", 0)).source(),
        ATTEND.formatted(slopes(heads), heads),
        BLOCK.formatted(
            normedResidual ? "normed" : "hidden",
            normedResidual ? "normed_middle" : "middle",
            Dropout.of("attended", dropout),
            Dropout.of("fed", dropout)),
        ENDS);
  }

  /**
   * The slopes of the heads, as an expression: powers of one base for as many heads as the largest
   * power of two, and every other power of the next one's base for the rest.
   */
  private static String slopes(int heads) {
    int power = Integer.highestOneBit(heads);
    String first = powers(power, power + 1, 1);
    return power == heads
        ? first
        : "torch.cat([%s, %s])".formatted(first, powers(2 * power, 2 * (heads - power) + 1, 2));
  }

  /** Powers of the base for a power of two, from 1 to below an end. */
  private static String powers(int powerOfTwo, int end, int step) {
    return "torch.pow(%s, torch.arange(1, %d, %d, device=ops.prim.device(positions)))"
        .formatted(Math.pow(2, -8.0 / powerOfTwo), end, step);
  }
}
