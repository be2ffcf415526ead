package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * GPT-NeoX: layer norm, attention over fused queries, keys and values of which a part is rotated,
 * and a network beside it or behind it; the head is not tied unless asked for.
 */
@AutoService(Family.class)
public final class GptNeoX implements Family {

  /** Of the fused linear layer, each head has its query, its key and its value side by side. */
  private static final String ATTEND =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        return self.rotary(positions)

      def attend(self, x: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        batch, tokens, size, = torch.size(x)
        fused = torch.view(self.attention_query_key_value(x, weights, noise), [batch, tokens, %1$d, -1])
        q, k, v, = torch.chunk(torch.transpose(fused, 1, 2), 3, -1)
        mixed = self.attention(self.rotate(q, tables), self.rotate(k, tables), v, noise)
        joined = torch.reshape(torch.transpose(mixed, 1, 2), [batch, tokens, size])
        return self.attention_dense(joined, weights, noise)

      def feed_forward(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        inner = self.activation(self.mlp_dense_h_to_4h(x, weights, noise))
        return self.mlp_dense_4h_to_h(inner, weights, noise)
      """;

  private static final String PARALLEL =
      """
      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        attended = self.attend(self.input_layernorm(hidden, weights, noise), tables, weights, noise)
        dropped = %1$s
        fed = self.feed_forward(self.post_attention_layernorm(hidden, weights, noise), weights, noise)
        return torch.add(torch.add(%2$s, dropped), hidden)
      """;

  private static final String SEQUENTIAL =
      """
      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        attended = self.attend(self.input_layernorm(hidden, weights, noise), tables, weights, noise)
        middle = torch.add(%1$s, hidden)
        fed = self.feed_forward(self.post_attention_layernorm(middle, weights, noise), weights, noise)
        return torch.add(%2$s, middle)
      """;

  private static final String ENDS =
      """
      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        embedded = self.gpt_neox_embed_in(tokens, weights, noise)
        return %1$s

      def logits(self, hidden: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.embed_out(self.gpt_neox_final_layer_norm(hidden, weights, noise), weights, noise)
      """;

  @Override
  public String modelType() {
    return "gpt_neox";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int vocabulary = config.positive("vocab_size");
    int hidden = config.positive("hidden_size");
    double epsilon = config.number("layer_norm_eps", 1e-5);
    Embedding embedding = Embedding.of("gpt_neox.embed_in", vocabulary, hidden);
    Linear head =
        config.flag("tie_word_embeddings", false)
            ? Linear.tied("embed_out", embedding)
            : Linear.of("embed_out", hidden, vocabulary);
    return new Architecture(
        modelType(),
        vocabulary,
        hidden,
        config.positive("max_position_embeddings", 2048),
        new Part("", List.of(embedding)),
        Part.repeated(
            "gpt_neox.layers.%d.",
            config.positive("num_hidden_layers"), block(config, hidden, epsilon)),
        new Part("", List.of(LayerNorm.of("gpt_neox.final_layer_norm", hidden, epsilon), head)),
        source(config, hidden));
  }

  private static List<Submodule> block(ModelConfig config, int hidden, double epsilon) {
    int inner = config.positive("intermediate_size");
    boolean bias = config.flag("attention_bias", true);
    return List.of(
        LayerNorm.of("input_layernorm", hidden, epsilon),
        LayerNorm.of("post_attention_layernorm", hidden, epsilon),
        Linear.of("attention.query_key_value", hidden, 3L * hidden, bias),
        Linear.of("attention.dense", hidden, hidden, bias),
        Linear.of("mlp.dense_h_to_4h", hidden, inner, true),
        Linear.of("mlp.dense_4h_to_h", inner, hidden, true));
  }

  private static String source(ModelConfig config, int hidden) {
    int heads = config.divisor("num_attention_heads", "hidden_size");
    int size = hidden / heads;
    double dropout = config.rate("hidden_dropout", 0);
    String block = config.flag("use_parallel_residual", true) ? PARALLEL : SEQUENTIAL;
    return String.join(
        "\n",
        rotary(config, size).source(),
        Attention.of(size, config.rate("attention_dropout", 0)).source(),
        Activation.of(config, "hidden_act", "gelu").source(),
        ATTEND.formatted(heads),
        block.formatted(Dropout.of("attended", dropout), Dropout.of("fed", dropout)),
        ENDS.formatted(Dropout.of("embedded", dropout)));
  }

  private static Rotary rotary(ModelConfig config, int size) {
    ModelConfig rope = RotaryFrequencies.parameters(config);
    ModelConfig place = rope.has("partial_rotary_factor") ? rope : config;
    String key = place == rope ? "partial_rotary_factor" : "rotary_pct";
    int dimensions = (int) (size * place.number(key, 0.25));
    if (dimensions < 1 || dimensions > size) {
      throw place.invalid(key, "a part of the %d dimensions of a head".formatted(size));
    }
    return new Rotary(RotaryFrequencies.of(config, "rotary_emb_base"), size, dimensions);
  }
}
