/**
 * The bundled model as an ONNX graph: a BERT encoder (Devlin et al. 2019) with mean pooling. The graph holds
 * no weights: it points into the safetensors file, so that nothing is converted or cached here.
 */

import { createRequire } from "node:module";
import type onnxProto from "onnx-proto";
import { type BertConfig, unusable, WEIGHTS_LOCATION } from "./model-files.ts";
import type { StoredTensor } from "./safetensors.ts";

/** Required, because an import would first search all of it for the names that it exports: 50 ms of each start. */
const { onnx }: typeof onnxProto = createRequire(import.meta.url)("onnx-proto");

const FLOAT = onnx.TensorProto.DataType.FLOAT;
const FLOAT16 = onnx.TensorProto.DataType.FLOAT16;
const INT32 = onnx.TensorProto.DataType.INT32;
const INT64 = onnx.TensorProto.DataType.INT64;
/** Operators that ONNX Runtime has beyond the standard. */
const ORT_DOMAIN = "com.microsoft";
/** Keeps the norm of an all-zero row from dividing by zero. */
const SMALLEST_NORM = 1e-12;

/**
 * The graph as ONNX bytes. Inputs: `input_ids` and `attention_mask`, int32 [texts, tokens]; `pooling`,
 * float32 [texts, rows, tokens], whose rows say with which weight each token counts. Output: `vectors`,
 * float32 [texts, rows, hidden size], each row L2 normalised, a row of zeros left as it is. The weights stay
 * fp16 in the file; ONNX Runtime casts them to fp32 once, when it loads the graph.
 *
 * The activation is GELU in its exact (erf) form, as in the model's configuration. Linear layers are `Gemm`
 * with `transB`, so that the weights need not be transposed.
 * @throws {SitrepError} `model-unusable` when a tensor that the configuration asks for is not in the table.
 */
export function buildGraph(config: BertConfig, tensors: ReadonlyMap<string, StoredTensor>): Uint8Array {
  const hidden = config.hidden_size;
  const graph = createGraphWriter(tensors);
  const { node, weight, ints } = graph;

  const linear = (input: string, name: string): string =>
    node("Gemm", [input, weight(`${name}.weight`), weight(`${name}.bias`)], [integer("transB", 1)]);
  const layerNorm = (input: string, name: string): string =>
    node(
      "LayerNormalization",
      [input, weight(`${name}.weight`), weight(`${name}.bias`)],
      [integer("axis", -1), float("epsilon", config.layer_norm_eps)],
    );

  const shape = node("Shape", ["input_ids"]);
  const tokens = node("Slice", [shape, ints([1]), ints([2])]);
  const sequences = node("Concat", [shape, ints([hidden])], [integer("axis", 0)]);
  const asRows = (input: string): string => node("Reshape", [input, ints([-1, hidden])]);
  const asSequences = (input: string): string => node("Reshape", [input, sequences]);

  // Only the rows that are looked up are cast, not the whole vocabulary.
  const words = node(
    "Cast",
    [node("Gather", [graph.stored("embeddings.word_embeddings.weight"), "input_ids"])],
    [integer("to", FLOAT)],
  );
  const positions = node("Slice", [weight("embeddings.position_embeddings.weight"), ints([0]), tokens, ints([0])]);
  const firstType = node("Slice", [weight("embeddings.token_type_embeddings.weight"), ints([0]), ints([1]), ints([0])]);
  const embedded = node("Add", [words, node("Add", [positions, firstType])]);
  let state = asRows(layerNorm(embedded, "embeddings.LayerNorm"));

  for (let layer = 0; layer < config.num_hidden_layers; layer += 1) {
    const prefix = `encoder.layer.${layer}`;
    const [query, key, value] = ["query", "key", "value"].map((part) =>
      asSequences(linear(state, `${prefix}.attention.self.${part}`)),
    );
    const heads = [query ?? "", key ?? "", value ?? "", "", "attention_mask"];
    const attended = node("MultiHeadAttention", heads, [integer("num_heads", config.num_attention_heads)], ORT_DOMAIN);
    const projected = linear(asRows(attended), `${prefix}.attention.output.dense`);
    const attention = layerNorm(node("Add", [projected, state]), `${prefix}.attention.output.LayerNorm`);
    const activated = node("Gelu", [linear(attention, `${prefix}.intermediate.dense`)], [], ORT_DOMAIN);
    const output = linear(activated, `${prefix}.output.dense`);
    state = layerNorm(node("Add", [output, attention]), `${prefix}.output.LayerNorm`);
  }

  const pooled = node("MatMul", ["pooling", asSequences(state)]);
  const norm = node("ReduceL2", [pooled], [integers("axes", [2]), integer("keepdims", 1)]);
  node("Div", [pooled, node("Max", [norm, graph.floats([SMALLEST_NORM])])], [], "", "vectors");

  return graph.finish(
    [
      tensorInfo("input_ids", INT32, ["texts", "tokens"]),
      tensorInfo("attention_mask", INT32, ["texts", "tokens"]),
      tensorInfo("pooling", FLOAT, ["texts", "rows", "tokens"]),
    ],
    [tensorInfo("vectors", FLOAT, ["texts", "rows", hidden])],
  );
}

type Node = onnxProto.onnx.INodeProto;
type Attribute = onnxProto.onnx.IAttributeProto;
type Initializer = onnxProto.onnx.ITensorProto;
type ValueInfo = onnxProto.onnx.IValueInfoProto;

/** Collects nodes and initializers; every method returns the name of the value it adds. */
function createGraphWriter(tensors: ReadonlyMap<string, StoredTensor>) {
  const nodes: Node[] = [];
  const initializers = new Map<string, Initializer>();

  function node(operator: string, input: string[], attribute: Attribute[] = [], domain = "", output?: string): string {
    const name = output ?? `value_${nodes.length}`;
    nodes.push({ opType: operator, input, output: [name], name: `node_${nodes.length}`, attribute, domain });
    return name;
  }

  /** A tensor of the safetensors file, as it is stored. */
  function stored(name: string): string {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== "F16") throw unusable(`The embedding model's weights have no fp16 tensor ${name}`);
    const place = { location: WEIGHTS_LOCATION, offset: `${tensor.start}`, length: `${tensor.length}` };
    initializers.set(name, {
      name,
      dims: [...tensor.shape],
      dataType: FLOAT16,
      dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
      externalData: Object.entries(place).map(([key, value]) => ({ key, value })),
    });
    return name;
  }

  function constant(name: string, dataType: number, values: BigInt64Array | Float32Array): string {
    initializers.set(name, { name, dims: [values.length], dataType, rawData: new Uint8Array(values.buffer) });
    return name;
  }

  return {
    node,
    stored,
    weight: (name: string): string => node("Cast", [stored(name)], [integer("to", FLOAT)]),
    ints: (values: number[]): string =>
      constant(`ints_${values.join("_")}`, INT64, BigInt64Array.from(values.map((value) => BigInt(value)))),
    floats: (values: number[]): string => constant(`floats_${values.join("_")}`, FLOAT, Float32Array.from(values)),
    finish(input: ValueInfo[], output: ValueInfo[]): Uint8Array {
      return onnx.ModelProto.encode({
        irVersion: 8,
        opsetImport: [
          { domain: "", version: 17 },
          { domain: ORT_DOMAIN, version: 1 },
        ],
        graph: { name: "sentence-encoder", node: nodes, initializer: [...initializers.values()], input, output },
      }).finish();
    },
  };
}

function integer(name: string, i: number): Attribute {
  return { name, type: onnx.AttributeProto.AttributeType.INT, i };
}

function integers(name: string, ints: number[]): Attribute {
  return { name, type: onnx.AttributeProto.AttributeType.INTS, ints };
}

function float(name: string, f: number): Attribute {
  return { name, type: onnx.AttributeProto.AttributeType.FLOAT, f };
}

function tensorInfo(name: string, elemType: number, dimensions: (string | number)[]): ValueInfo {
  const dim = dimensions.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
