/**
 * The program of the process that reads files. Whatever a hostile file does to it (a crash, an endless loop, all
 * of the memory) ends here: isolated.ts, on the other side, starts it, bounds it and starts another.
 */

import { countGenerously } from "../embeddings/factory.ts";
import { BUNDLED_MODEL_FILES } from "../embeddings/model-files.ts";
import { tokenizerOf } from "../embeddings/tokenizer.ts";
import type { ReaderReply, ReaderRequest, ReaderSettings } from "./isolated.ts";
import { prepare, type TokenModel } from "./prepare.ts";

const settings = JSON.parse(process.argv[2] ?? "{}") as ReaderSettings;
const { limits, model } = settings;

const tokenizer = tokenizerOf(BUNDLED_MODEL_FILES);
const tokens: TokenModel = {
  modelId: model.modelId,
  maxTokens: model.maxTokens,
  countTokens: model.counting === "exact" ? (text) => tokenizer().countTokens(text) : countGenerously,
};

function reply(message: ReaderReply): void {
  process.send?.(message);
}

process.on("message", ({ number, file }: ReaderRequest) => {
  prepare(file, tokens, limits).then(
    (prepared) => reply({ number, prepared }),
    (error: unknown) => reply({ number, fault: error instanceof Error ? error.message : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
reply("ready");
