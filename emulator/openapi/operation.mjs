// One method of one path in a document, and where the schemas of what it takes and answers stand.
// Knows nothing of how a schema is applied.

export class Operation {
  #template;
  #item;
  #pointer;

  /** `item` stands in the document with this id under these keys; `path` is where the emulator serves it. */
  constructor(method, path, item, id, keys) {
    this.name = `${method.toUpperCase()} ${path}`;
    this.#template = path.split('/');
    this.#item = item;
    this.#pointer = (...more) => ({ $ref: `${id}#/${[...keys, ...more].map(escaped).join('/')}` });
  }

  /** How many segments of the path may be anything. */
  get freedom() {
    return this.#template.filter((part) => part.includes('{')).length;
  }

  /** The path's parameters by name, if it is a path of this operation. */
  parameters(method, path) {
    const segments = path.split('/');
    if (!this.name.startsWith(`${method} `) || segments.length !== this.#template.length) return undefined;
    const found = segments.map((segment, index) => parameter(this.#template[index], segment));
    return found.every(Boolean) ? Object.fromEntries(found.flat()) : undefined;
  }

  /** The content types that a body may have; none if there may be no body. */
  get contentTypes() {
    return Object.keys(this.#item.requestBody?.content ?? {});
  }

  /** The statuses of answers that are no errors. */
  get statuses() {
    return Object.keys(this.#item.responses).map(Number);
  }

  /** Whether the answer with a status has a body. */
  hasBody(status) {
    return Boolean(this.#item.responses[status].content);
  }

  /** The schema of `{path, query, body}`, where the body has a content type. */
  requestSchema(type) {
    const body = this.contentTypes.includes(type) ? this.#pointer('requestBody', 'content', type, 'schema') : {};
    return object({ path: this.#parametersIn('path'), query: this.#parametersIn('query'), body });
  }

  /** The schema of an answer's body. */
  answerSchema(status) {
    return this.#pointer('responses', String(status), 'content', 'application/json', 'schema');
  }

  #parametersIn(place) {
    const parameters = (this.#item.parameters ?? []).map((parameter, index) => ({ ...parameter, index }));
    const here = parameters.filter((parameter) => parameter.in === place);
    const schemas = here.map(({ name, index }) => [name, this.#pointer('parameters', String(index), 'schema')]);
    return object(
      Object.fromEntries(schemas),
      here.filter(({ required }) => required).map(({ name }) => name),
    );
  }
}

/** What a segment says where the template has `{Sid}` or `{Sid}.json`: names and values; nothing if it does not fit. */
function parameter(part, segment) {
  const [, before, name, after] = /^([^{]*)\{(.+)\}(.*)$/.exec(part) ?? [];
  if (!name) return segment === part ? [] : undefined;
  if (!segment.startsWith(before) || !segment.endsWith(after)) return undefined;
  return [[name, decoded(segment.slice(before.length, segment.length - after.length))]];
}

/** What is no percent-encoded text stands for itself. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An object with no other properties than these. */
function object(properties, required = []) {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** A key in a JSON Pointer (RFC 6901) that stands in a URI. */
function escaped(key) {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
