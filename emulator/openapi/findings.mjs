// Goes through samples and keeps what is found: each kind of mistake once, and which exceptions were needed.
// Knows nothing of files.

import { DIFFERENCES, UNDOCUMENTED } from './exceptions.mjs';
import { broken, isOurs, nameOf } from './rules.mjs';

/** How much of a request or of an answer is shown. */
const SHOWN = 1500;

export class Findings {
  #documents;
  #undocumented;
  #differences;
  #mistakes = new Map();
  #operations = new Set();
  #ofTheServer = new Set();
  #samples = 0;
  #needed = new Set();

  constructor(documents, undocumented = UNDOCUMENTED, differences = DIFFERENCES) {
    this.#documents = documents;
    this.#undocumented = undocumented;
    this.#differences = differences;
  }

  look(sample) {
    this.#samples += 1;
    const undocumented = this.#undocumented.find(({ path }) => path.test(sample.path));
    if (undocumented) return void this.#needed.add(undocumented);
    const name = nameOf(this.#documents, sample);
    this.#operations.add(name);
    if (isOurs(sample)) this.#ofTheServer.add(name);
    for (const sentence of broken(this.#documents, sample)) this.#found(name, sentence, sample);
  }

  #found(name, sentence, sample) {
    const difference = this.#differences.find(({ operation, says }) => operation === name && says === sentence);
    if (difference) return void this.#needed.add(difference);
    const mistake = `${name}: ${sentence}`;
    const { sample: first = sample, count = 0 } = this.#mistakes.get(mistake) ?? {};
    this.#mistakes.set(mistake, { sample: first, count: count + 1 });
  }

  /** What was looked at, in a sentence. */
  get summary() {
    const server = `${this.#ofTheServer.size} of them asked for by the server`;
    return `openapi: ${this.#samples} samples of ${this.#operations.size} operations, ${server}`;
  }

  /** What is wrong, in paragraphs. */
  get mistakes() {
    return [...this.#mistakes].map(([mistake, { sample, count }]) => `${mistake} (${count} times)\n${shown(sample)}`);
  }

  /** What all samples together must have, and these lack, in sentences. */
  get missing() {
    const unneeded = [...this.#undocumented, ...this.#differences].filter((exception) => !this.#needed.has(exception));
    const gone = unneeded.map(
      ({ path, operation, says }) => `no sample needs the exception ${path ?? `${operation}: ${says}`}`,
    );
    const silent =
      this.#ofTheServer.size === 0 ? ['there is no sample of the server: its requests were not checked'] : [];
    return [...gone, ...silent];
  }
}

function shown({ method, path, query, content_type, user_agent, body, status, answer }) {
  const asked = [
    `  asked: ${method} ${path} ${cut(query)}`,
    `    by ${user_agent || 'nobody'}, ${content_type || 'no body'}: ${cut(body)}`,
  ];
  return [...asked, `  answered: ${status} ${cut(answer)}`].join('\n');
}

function cut(value) {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
