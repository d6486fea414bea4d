/** The only reader of process.env. Every setting is validated here and documented in .env.example. */

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { parse as parseDotenv, config as readDotenv } from "dotenv";
import { z } from "zod";
import { THEMES, type Theme } from "./domain/briefing.ts";
import { SitrepError } from "./domain/errors.ts";
import type { IngestLimits } from "./domain/ingest.ts";
import { MARKINGS } from "./domain/marking.ts";

/** An environment variable that is set to nothing counts as not set. */
const text = z.preprocess((value) => (value === "" ? undefined : value), z.string().trim().optional());
const wholeNumber = (minimum: number, maximum: number, byDefault: number) =>
  z.preprocess(
    (value) => (value === "" || value === undefined ? byDefault : value),
    z.coerce.number().int().min(minimum).max(maximum),
  );
const onOrOff = (byDefault: "on" | "off") =>
  z.preprocess((value) => value || byDefault, z.enum(["on", "off"])).transform((value) => value === "on");
/** Ids of Discord are numbers of 17 to 20 digits (snowflakes). */
const ids = text
  .transform((value) => [...new Set(value?.split(/[\s,]+/).filter((id) => id !== "") ?? [])])
  .pipe(z.array(z.string().regex(/^\d{17,20}$/, "must be ids of 17 to 20 digits, with commas between them")));
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** "mon 08:00". */
const weeklyTime = (byDefault: string) =>
  z.preprocess(
    (value) => value || byDefault,
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^(?:sun|mon|tue|wed|thu|fri|sat) (?:[01]\d|2[0-3]):[0-5]\d$/, "must be a day and a time, as mon 08:00")
      .transform((value): WeeklyTime => {
        const [day = "", hour, minute] = value.split(/[ :]/);
        return { weekday: WEEKDAYS.indexOf(day), hour: Number(hour), minute: Number(minute) };
      }),
  );
const baseUrl = z.preprocess((value) => (value === "" ? undefined : value), z.url({ protocol: /^https?$/ }).optional());

const environmentSchema = z.object({
  CORPUS_DIR: text.transform((value) => value ?? "corpus"),
  DATA_DIR: text.transform((value) => value ?? "data"),
  MODELS_DIR: text.transform((value) => value ?? "models"),
  LOG_LEVEL: z.preprocess(
    (value) => value || "warn",
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  ),
  INGEST_MAX_FILE_MIB: wholeNumber(1, 1024, 20),
  INGEST_MAX_PAGES: wholeNumber(1, 100_000, 2000),
  INGEST_MAX_CHARACTERS: wholeNumber(1000, 100_000_000, 10_000_000),
  INGEST_MAX_SECONDS: wholeNumber(1, 3600, 60),
  INGEST_MAX_MEMORY_MIB: wholeNumber(256, 65_536, 1024),
  MAX_MARKING: z.preprocess((value) => value || "TLP:RED", z.enum(MARKINGS)),
  LOG_QUESTIONS: onOrOff("off"),
  DISCORD_TOKEN: text,
  DISCORD_API_URL: baseUrl,
  DISCORD_GUILD_IDS: ids,
  DISCORD_MODERATOR_ROLE_IDS: ids,
  DISCORD_MENTIONS: onOrOff("on"),
  DISCORD_LANGUAGE: z.preprocess((value) => value || "auto", z.enum(["auto", "en", "ur"])),
  DISCORD_PICTURES: z.preprocess((value) => value || "dark", z.enum([...THEMES, "none"])),
  QUESTION_COOLDOWN_SECONDS: wholeNumber(0, 3600, 3),
  QUESTIONS_AT_ONCE: wholeNumber(1, 64, 16),
  QUESTIONS_WAITING: wholeNumber(0, 10_000, 500),
  EXCHANGES_KEPT_DAYS: wholeNumber(1, 3650, 30),
  BRIEFING_WEEKLY_AT: weeklyTime("mon 08:00"),
  BRIEFING_SETTLE_SECONDS: wholeNumber(0, 86_400, 300),
  EMBEDDINGS_PROVIDER: z.preprocess((value) => value || "bundled", z.enum(["bundled", "openai", "ollama"])),
  EMBEDDINGS_THREADS: wholeNumber(1, 64, Math.min(4, availableParallelism())),
  EMBEDDINGS_MODEL: text,
  EMBEDDINGS_BASE_URL: baseUrl,
  EMBEDDINGS_API_KEY: text,
  EMBEDDINGS_DIMENSIONS: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(8).max(4096).optional(),
  ),
});

/** Which model turns text into vectors. */
export type EmbeddingConfig =
  | { readonly provider: "bundled"; readonly threads: number }
  | {
      readonly provider: "openai";
      readonly model: string;
      readonly baseUrl: string | null;
      readonly apiKey: string;
      readonly dimensions: number | null;
    }
  | { readonly provider: "ollama"; readonly model: string; readonly baseUrl: string };

/** A time of each week, in UTC. */
export interface WeeklyTime {
  /** 0 for Sunday to 6 for Saturday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/** How the bot works, apart from what it answers. */
export interface DiscordConfig {
  /** null where none is set: then there is no bot. */
  readonly token: string | null;
  /** Base of the REST interface, without the version; null for Discord's own. */
  readonly apiUrl: string | null;
  /** The servers that it serves; empty for every server that it is in. */
  readonly guildIds: readonly string[];
  /** Roles whose members are moderators, beside those who may manage the server. */
  readonly moderatorRoleIds: readonly string[];
  /** Whether a mention of the bot is a question; needs the intent GuildMessages, which is not privileged. */
  readonly mentions: boolean;
  /** The bot's language; null for each member's own, where the bot speaks it. */
  readonly language: "en" | "ur" | null;
  /** How the pictures of briefings look; null for none. */
  readonly pictures: Theme | null;
  /** Seconds between two questions of one member. */
  readonly cooldownSeconds: number;
  /** Questions that are worked on at the same time, and those that may wait behind them. */
  readonly questionsAtOnce: number;
  readonly questionsWaiting: number;
  /** Days that exchanges are kept, for their buttons and for follow-ups. */
  readonly exchangesKeptDays: number;
  /** When weekly briefings are sent. */
  readonly weeklyAt: WeeklyTime;
  /** Seconds for which the reports have to stay as they are before it is told that they are new. */
  readonly settleSeconds: number;
}

export interface Config {
  /** Absolute path of the folder of reports. */
  readonly corpusDir: string;
  /** Absolute path of the folder of the index; created when missing. */
  readonly dataDir: string;
  /** Absolute path of the folder of models that were added, which need not exist. */
  readonly modelsDir: string;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Reports marked more restrictively than this are never used. */
  readonly maxMarking: (typeof MARKINGS)[number];
  readonly embeddings: EmbeddingConfig;
  /** What one file may cost at an ingest. */
  readonly ingestLimits: IngestLimits;
  /** Whether the log may hold what people ask. */
  readonly logQuestions: boolean;
  readonly discord: DiscordConfig;
}

/**
 * Settings from the environment and, where it does not set them, from a `.env` file in the working folder.
 * @param environment replaces process.env and .env (for tests and for embedding Sitrep).
 * @throws {SitrepError} "bad-config", naming every variable that is wrong, never its value.
 */
export function loadConfig(environment?: Readonly<Record<string, string | undefined>>): Config {
  if (environment === undefined) readDotenv({ quiet: true });
  const parsed = environmentSchema.safeParse(environment ?? process.env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new SitrepError("bad-config", `Settings that make no sense: ${problems.join("; ")}`, {
      hint: "See .env.example for every setting and its values.",
    });
  }
  const values = parsed.data;
  return {
    corpusDir: resolve(values.CORPUS_DIR),
    dataDir: resolve(values.DATA_DIR),
    modelsDir: resolve(values.MODELS_DIR),
    logLevel: values.LOG_LEVEL,
    maxMarking: values.MAX_MARKING,
    embeddings: embeddingConfig(values),
    ingestLimits: {
      maxBytes: values.INGEST_MAX_FILE_MIB * 1024 * 1024,
      maxPages: values.INGEST_MAX_PAGES,
      maxCharacters: values.INGEST_MAX_CHARACTERS,
      maxSeconds: values.INGEST_MAX_SECONDS,
      maxMemoryMebibytes: values.INGEST_MAX_MEMORY_MIB,
    },
    logQuestions: values.LOG_QUESTIONS,
    discord: {
      token: values.DISCORD_TOKEN ?? null,
      apiUrl: values.DISCORD_API_URL ?? null,
      guildIds: values.DISCORD_GUILD_IDS,
      moderatorRoleIds: values.DISCORD_MODERATOR_ROLE_IDS,
      mentions: values.DISCORD_MENTIONS,
      language: values.DISCORD_LANGUAGE === "auto" ? null : values.DISCORD_LANGUAGE,
      pictures: values.DISCORD_PICTURES === "none" ? null : values.DISCORD_PICTURES,
      cooldownSeconds: values.QUESTION_COOLDOWN_SECONDS,
      questionsAtOnce: values.QUESTIONS_AT_ONCE,
      questionsWaiting: values.QUESTIONS_WAITING,
      exchangesKeptDays: values.EXCHANGES_KEPT_DAYS,
      weeklyAt: values.BRIEFING_WEEKLY_AT,
      settleSeconds: values.BRIEFING_SETTLE_SECONDS,
    },
  };
}

function embeddingConfig(values: z.infer<typeof environmentSchema>): EmbeddingConfig {
  switch (values.EMBEDDINGS_PROVIDER) {
    case "bundled":
      return { provider: "bundled", threads: values.EMBEDDINGS_THREADS };
    case "openai":
      return {
        provider: "openai",
        model: values.EMBEDDINGS_MODEL ?? "text-embedding-3-small",
        baseUrl: values.EMBEDDINGS_BASE_URL ?? null,
        apiKey: values.EMBEDDINGS_API_KEY ?? missing("EMBEDDINGS_API_KEY", "openai"),
        dimensions: values.EMBEDDINGS_DIMENSIONS ?? null,
      };
    case "ollama":
      return {
        provider: "ollama",
        model: values.EMBEDDINGS_MODEL ?? missing("EMBEDDINGS_MODEL", "ollama"),
        baseUrl: values.EMBEDDINGS_BASE_URL ?? "http://127.0.0.1:11434",
      };
  }
}

function missing(variable: string, provider: string): never {
  throw new SitrepError("bad-config", `EMBEDDINGS_PROVIDER is ${provider}, but ${variable} is not set`, {
    hint: "See .env.example for every setting and its values.",
  });
}

/** Every setting, by the name of its variable. */
export const SETTING_NAMES: readonly string[] = environmentSchema.keyof().options;

/** Variables with which LangChain is told to send traces of its calls to LangSmith. */
const TRACING_VARIABLES = ["LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING", "LANGCHAIN_TRACING"];

/** Names of variables that are set to something; never their values. */
export interface GivenNames {
  readonly environment: readonly string[];
  /** Of the `.env` file in the working folder; none where there is no such file. */
  readonly file: readonly string[];
  /** Why the `.env` file cannot be read; null where it can, or is not there. */
  readonly fileProblem: string | null;
  /** Those that make LangChain send traces. */
  readonly tracing: readonly string[];
}

/** @param environment as for `loadConfig`. */
export function namesGiven(environment?: Readonly<Record<string, string | undefined>>): GivenNames {
  const { values, problem } = environment === undefined ? dotenvFile() : { values: {}, problem: null };
  const given = environment ?? process.env;
  const isOn = (name: string) => (given[name] ?? values[name]) === "true";
  return {
    environment: namesIn(given),
    file: namesIn(values),
    fileProblem: problem,
    tracing: TRACING_VARIABLES.filter(isOn),
  };
}

function namesIn(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(values).filter((name) => (values[name] ?? "") !== "");
}

function dotenvFile(): { readonly values: Readonly<Record<string, string>>; readonly problem: string | null } {
  try {
    return { values: parseDotenv(readFileSync(".env")), problem: null };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    return { values: {}, problem: code === "ENOENT" ? null : code };
  }
}
