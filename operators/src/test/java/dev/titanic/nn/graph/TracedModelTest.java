package dev.titanic.nn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.TracedFileWriter.Module;
import dev.titanic.nn.graph.TracedFileWriter.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TracedModelTest {
  private static final String SUPPORTED =
      ": use straight-line code, as torch.jit.trace writes it for a model in evaluation mode";

  @TempDir private Path directory;

  @Test
  void namesWeightsAsTheStateDictDoes() {
    TracedModel model = TracedModel.open(TracedFiles.of("cnn"));
    assertThat(model.weights())
        .contains("stem.0.weight", "stem.1.bias", "block.3.weight", "fc.bias")
        .doesNotContain("stem.1.running_mean")
        .hasSize(15);
    assertThat(model.tensor("stem.1.running_mean").shape()).containsExactly(8L);
  }

  @Test
  void namesATiedWeightOnce() {
    assertThat(TracedModel.open(TracedFiles.of("gpt2")).weights())
        .contains("model.transformer.wte.weight")
        .doesNotContain("model.lm_head.weight");
  }

  @Test
  void eachPartHasItsOwnWeightsAndOnlyTheOwnersShareOne() {
    TracedModel model =
        TracedModel.open(GeneratedModels.transformer(directory.resolve("model.pt")));
    List<Integer> cut = List.of(14, 24);
    assertThat(model.part("first", cut, 0).weights())
        .containsExactly("embed.weight", "first.qkv.weight", "first.qkv.bias");
    assertThat(model.part("stage", cut, 1).weights())
        .containsExactly(
            "first.up.weight",
            "first.up.bias",
            "first.down.weight",
            "first.down.bias",
            "second.qkv.weight",
            "second.qkv.bias");
    assertThat(model.part("last", cut, 2).weights()).contains("embed.weight");
  }

  @Test
  void computesAMaskAgainInsteadOfSendingIt() {
    TracedModel model =
        TracedModel.open(GeneratedModels.transformer(directory.resolve("model.pt")));
    GraphPart stage = model.part("stage", List.of(14, 30), 1);
    assertThat(stage.source()).contains("torch.triu").doesNotContain("torch.embedding");
  }

  /** A mask of padding depends on the tokens: no part may begin while it is alive. */
  @Test
  void nothingThatTellsTokensCrossesABoundary() {
    Module root =
        new Module(
                "Masked",
                "ids: Tensor",
                """
                embed = self.embed
                table = embed.weight
                out = self.out
                padding = torch.eq(ids, 0)
                as_float = torch.to(ids, 6)
                x = torch.embedding(table, ids)
                y = torch.masked_fill(torch.tanh(x), torch.unsqueeze(padding, -1), 0.)
                z = torch.add(torch.relu(y), torch.unsqueeze(as_float, -1))
                _0 = torch.sigmoid(z)
                return (out).forward(_0, )
                """)
            .module(
                "embed",
                new Module("Table", "x: Tensor", "return x")
                    .parameter("weight", Tensor.random(1, 9, 4)))
            .module("out", GeneratedModels.linear(2, 4, 9));
    StraightLine line = PureLine.of(Inliner.inline(ScriptArchive.open(write(root))));
    Boundaries boundaries = new Boundaries(line);

    List<String> crossable =
        line.operations().stream()
            .filter(operation -> boundaries.at(line.operations().indexOf(operation)).isPresent())
            .map(Operation::name)
            .toList();
    assertThat(crossable).containsExactly("sigmoid", "linear");
  }

  @Test
  void anActivationsIntegersNeverCrossABoundary() {
    TracedModel model =
        TracedModel.open(
            write(
                new Module(
                        "Chosen",
                        "x: Tensor",
                        """
                        out = self.out
                        _0 = torch.argmax((out).forward(x, ), -1)
                        _1 = torch.neg(_0)
                        return torch.to(_1, 6)
                        """)
                    .module("out", GeneratedModels.linear(2, 4, 9))));
    assertThatThrownBy(() -> model.cut(0, new long[0]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot be cut");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "if True:                                                | 'if'",
        "y = torch.dropout(x, 0.1, True)                         | 'torch.dropout' in training mode",
        "y = torch.bernoulli(x)                                  | 'torch.bernoulli', whose result is random",
        "y = torch.zero_(x)                                      | 'torch.zero_', which writes in place",
        "y = ops.torchvision.nms(x)                              | 'ops.torchvision.nms'",
        "y = x[0]                                                | 'x[0]'",
        "y = torch.scaled_dot_product_attention(x, x, x, None, 0.5, True) | 'torch.scaled_dot_product_attention' in training mode"
      })
  void refusesWithTheLineWhatIsNoStraightLineOfKnownOperations(String line, String what) {
    Path file = write(new Module("Bad", "x: Tensor", line + "\nreturn torch.relu(y)\n"));
    assertThatThrownBy(() -> TracedModel.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + ": code/__torch__/___torch_mangle_0.py:8: " + what + SUPPORTED);
  }

  @Test
  void refusesAModelWithMoreThanOneInputOrOutput() {
    assertThatThrownBy(
            () ->
                TracedModel.open(write(new Module("Two", "x: Tensor,\n    y: Tensor", "return x"))))
        .hasMessageEndingWith("forward takes 2 arguments: trace a model with one, a tensor");
    assertThatThrownBy(
            () -> TracedModel.open(write(new Module("Pair", "x: Tensor", "return (x, x)"))))
        .hasMessageEndingWith("returns more than a tensor: trace a model that returns one tensor");
  }

  @Test
  void refusesWhatIsNoTorchScriptFile() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pt"), "weights");
    assertThatThrownBy(() -> TracedModel.open(text))
        .hasMessage(text + ": is no whole zip file: use a file that torch.jit.save wrote");
    Path missing = directory.resolve("missing.pt");
    assertThatThrownBy(() -> TracedModel.open(missing))
        .hasMessage(missing + ": cannot be read: use a readable file");
  }

  private Path write(Module root) {
    return TracedFileWriter.write(directory.resolve("model.pt"), root);
  }
}
