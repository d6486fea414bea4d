/** The package ships its zod schemas without types of its own; the harness looks them up by name (see schemas.ts). */
declare module "discord-api-spec/zod" {}
