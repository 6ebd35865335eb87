// Twilio's OpenAPI documents: which operation a request is, and what is wrong with a request or an answer of it.
// Knows nothing of samples, nor of what Twilio does that its documents do not say.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Operation } from './operation.mjs';
import { makeStrict, METHODS } from './strict.mjs';

/** Formats of Twilio's own are not known to Ajv; this one says more than its type, `uri-map` and the like do not. */
const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

export class Documents {
  /** By method, host and number of segments, which leave few to compare. */
  #operations = new Map();
  /** A form has texts only, and a list of one value looks like the value. */
  #forms = new Schemas({ coerceTypes: 'array' });
  #json = new Schemas({});

  /** Reads every document in a folder. */
  static read(folder) {
    const documents = new Documents();
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      documents.#add(name, JSON.parse(readFileSync(join(folder, name), 'utf8')));
    }
    return documents;
  }

  #add(id, document) {
    makeStrict(document);
    this.#forms.add(id, document);
    this.#json.add(id, document);
    for (const [template, item] of Object.entries(document.paths)) {
      const server = (item.servers ?? document.servers)?.[0].url;
      if (!server) continue;
      const path = hostAsPath(server) + template;
      for (const method of METHODS.filter((method) => item[method])) {
        const kind = kindOf(method.toUpperCase(), path);
        const operation = new Operation(method, path, item[method], id, ['paths', template, method]);
        this.#operations.set(kind, [...(this.#operations.get(kind) ?? []), operation]);
      }
    }
  }

  /** The operation of a request; one that names a segment goes before one that takes any. */
  operation(method, path) {
    const alike = this.#operations.get(kindOf(method, path)) ?? [];
    const found = alike.filter((operation) => operation.parameters(method, path));
    return found.sort((one, other) => one.freedom - other.freedom)[0];
  }

  /** The errors of `{path, query, body}`, as Ajv tells them. */
  requestErrors(operation, type, request) {
    const schemas = type === 'application/json' ? this.#json : this.#forms;
    // What is coerced is changed.
    return schemas.errors(operation.requestSchema(type), structuredClone(request));
  }

  /** The errors of an answer's body. */
  answerErrors(operation, status, body) {
    return this.#json.errors(operation.answerSchema(status), body);
  }
}

function kindOf(method, path) {
  const segments = path.split('/');
  return `${method} ${segments[1]} ${segments.length}`;
}

/** `https://sync.twilio.com` is served at `/sync`. */
function hostAsPath(url) {
  return `/${new URL(url).hostname.replace(/\.twilio\.com$/, '')}`;
}

/** Schemas that are compiled when they are first needed. */
class Schemas {
  #ajv;
  #compiled = new Map();

  constructor(options) {
    this.#ajv = new Ajv.default({ strict: false, validateSchema: false, allErrors: true, logger: false, ...options });
    addFormats.default(this.#ajv);
    this.#ajv.addFormat('date-time-rfc-2822', RFC_2822);
  }

  add(id, document) {
    this.#ajv.addSchema(document, id);
  }

  errors(schema, data) {
    const key = JSON.stringify(schema);
    if (!this.#compiled.has(key)) this.#compiled.set(key, this.#ajv.compile(schema));
    const validate = this.#compiled.get(key);
    return validate(data) ? [] : validate.errors;
  }
}
