/** Run as a process of its own: claims the right to deliver, says whether it has it, and keeps it until it is ended. */

import { openMembers } from "../../src/index/members.ts";

const members = openMembers(process.argv[2] ?? "", { warn: (message) => process.stderr.write(`${message}\n`) });
process.stdout.write(`${members.claimDelivering()}\n`);
process.stdin.resume();
