// Node's console.assert and assert, whose outcomes go to the host and not through the program.
(function (host, inspector) {
  'use strict';
  const { inspect, formatLog, isMap, isSet, isDate, isError } = inspector;
  const tag = (value) => Object.prototype.toString.call(value);
  const isObject = (value) => Object(value) === value;
  const NONE = 0;

  class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
      super(message);
      this.name = 'AssertionError';
      this.code = 'ERR_ASSERTION';
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
  }

  function sameKeys(left, right, strict, seen) {
    const keys = Object.keys(left);
    if (keys.length !== Object.keys(right).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(right, key) || !equal(left[key], right[key], strict, seen)) return false;
    }
    return true;
  }

  function sameEntries(left, right, strict, seen) {
    const map = isMap(left);
    const entries = map ? Map.prototype.entries : Set.prototype.values;
    const size = (value) => [...entries.call(value)].length;
    if (size(left) !== size(right)) return false;
    const rest = [...entries.call(right)];
    for (const entry of entries.call(left)) {
      const at = rest.findIndex((other) => map
        ? equal(entry[0], other[0], strict, seen) && equal(entry[1], other[1], strict, seen)
        : equal(entry, other, strict, seen));
      if (at < 0) return false;
      rest.splice(at, 1);
    }
    return true;
  }

  function equal(left, right, strict, seen) {
    if (Object.is(left, right)) return true;
    if (!isObject(left) || !isObject(right)) {
      return !strict && (left == right || (left !== left && right !== right));
    }
    if (strict && Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
    if (tag(left) !== tag(right) || Array.isArray(left) !== Array.isArray(right)) return false;
    if (typeof left === 'function' || typeof right === 'function') return false;
    if (seen.get(left) === right) return true;
    if (isDate(left) !== isDate(right) || isMap(left) !== isMap(right) || isSet(left) !== isSet(right)) return false;
    if (isDate(left) && Date.prototype.getTime.call(left) !== Date.prototype.getTime.call(right)) return false;
    if (tag(left) === '[object RegExp]' && String(left) !== String(right)) return false;
    if (isError(left) && (left.name !== right.name || left.message !== right.message)) return false;
    if (left instanceof Number || left instanceof String || left instanceof Boolean) {
      if (!Object.is(left.valueOf(), right.valueOf())) return false;
    }
    if (Array.isArray(left) && left.length !== right.length) return false;
    seen.set(left, right);
    const same = ((!isMap(left) && !isSet(left)) || sameEntries(left, right, strict, seen))
      && sameKeys(left, right, strict, seen);
    seen.delete(left);
    return same;
  }

  const deepEqual = (left, right, strict) => equal(left, right, strict, new Map());

  // Each check gives [whether it holds, the message of whoever wrote it, whether it compares].
  const compare = (operator, holds) => ({
    operator,
    check: (args) => {
      if (args.length < 2) throw new TypeError('The "actual" and "expected" arguments must be specified');
      return [holds(args[0], args[1]), args[2], true];
    },
  });
  const matches = (error, expected) => {
    if (expected === undefined || typeof expected === 'string') return true;
    if (expected instanceof RegExp) return RegExp.prototype.test.call(expected, String(error));
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return true;
      if (Object.prototype.isPrototypeOf.call(Error, expected) || expected === Error) return false;
      return expected.call({}, error) === true;
    }
    for (const key of Object.keys(expected)) {
      const wanted = expected[key];
      const fits = wanted instanceof RegExp && typeof error[key] === 'string'
        ? RegExp.prototype.test.call(wanted, error[key]) : deepEqual(error[key], wanted, true);
      if (!fits) return false;
    }
    return true;
  };
  const messageOf = (args) => (typeof args[1] === 'string' ? args[1] : args[2]);
  // What fails inside of a function that is to throw is no test of its own.
  let inside = 0;
  const thrown = (action) => {
    inside++;
    try { action(); } catch (error) { return [error]; } finally { inside--; }
    return [];
  };

  const CHECKS = {
    __proto__: null,
    ok: { operator: '==', check: (args) => [!!args[0], args[1], false] },
    equal: compare('==', (a, b) => a == b || (a !== a && b !== b)),
    notEqual: compare('!=', (a, b) => !(a == b || (a !== a && b !== b))),
    strictEqual: compare('strictEqual', (a, b) => Object.is(a, b)),
    notStrictEqual: compare('notStrictEqual', (a, b) => !Object.is(a, b)),
    deepEqual: compare('deepEqual', (a, b) => deepEqual(a, b, false)),
    notDeepEqual: compare('notDeepEqual', (a, b) => !deepEqual(a, b, false)),
    deepStrictEqual: compare('deepStrictEqual', (a, b) => deepEqual(a, b, true)),
    notDeepStrictEqual: compare('notDeepStrictEqual', (a, b) => !deepEqual(a, b, true)),
    match: { operator: 'match', check: (args) => [RegExp.prototype.test.call(args[1], args[0]), args[2], false] },
    doesNotMatch: { operator: 'doesNotMatch', check: (args) => [!RegExp.prototype.test.call(args[1], args[0]), args[2], false] },
    fail: { operator: 'fail', check: (args) => [false, args[0] === undefined ? 'Failed' : args[0], false] },
    ifError: { operator: 'ifError', check: (args) => [args[0] === undefined || args[0] === null, undefined, false] },
    throws: {
      operator: 'throws',
      check: (args) => {
        const error = thrown(args[0]);
        return error.length === 0
          ? [false, messageOf(args) ?? 'Missing expected exception.', false]
          : [matches(error[0], args[1]), messageOf(args) ?? `Unexpected exception: ${error[0]}`, false];
      },
    },
    doesNotThrow: {
      operator: 'doesNotThrow',
      check: (args) => {
        const error = thrown(args[0]);
        return [error.length === 0, error.length === 0 ? undefined : `Got unwanted exception: ${error[0]}`, false];
      },
    },
  };

  const show = (value) => {
    try {
      const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value);
      return text.length > 1000 ? `${text.slice(0, 1000)} ...` : text;
    } catch {
      return '...';
    }
  };
  const textOf = (message) => {
    try {
      const text = isError(message) ? String(message.message) : String(message);
      return text.length > 1000 ? `${text.slice(0, 1000)} ...` : text;
    } catch {
      return '';
    }
  };

  const reported = new WeakSet();
  const compared = new Map();
  const begin = (site) => host.begin(site);
  const end = (token, holds, message, sides) => host.end(
    token, holds, message === undefined ? '' : textOf(message),
    sides !== undefined && !holds, holds || sides === undefined ? '' : show(sides[0]),
    holds || sides === undefined ? '' : show(sides[1]));

  const fail = (name, message, args) => {
    const error = isError(message) ? message : new AssertionError({
      message: message === undefined ? `The expression evaluated to a falsy value: assert.${name}(${args.map(show).join(', ')})` : textOf(message),
      actual: args[0], expected: args[1], operator: CHECKS[name].operator,
    });
    reported.add(error);
    throw error;
  };

  const judges = new WeakMap();
  const register = (assertion, judge) => { judges.set(assertion, judge); return assertion; };

  const make = (name) => {
    const judge = (token, site, args) => {
      const [holds, message, compares] = CHECKS[name].check(args);
      const sides = compares && !name.startsWith('not') ? args : compared.get(site);
      compared.delete(site);
      if (inside === 0) end(token === NONE ? begin(-1) : token, holds, message, sides);
      if (!holds) fail(name, message, args);
    };
    return register((...args) => judge(NONE, -1, args), judge);
  };

  const makeRejection = (name, rejects) => {
    const judge = async (token, site, args) => {
      let error = [];
      try { await (typeof args[0] === 'function' ? args[0]() : args[0]); } catch (reason) { error = [reason]; }
      const holds = rejects ? error.length > 0 && matches(error[0], args[1]) : error.length === 0;
      end(token === NONE ? begin(-1) : token, holds, messageOf(args), undefined);
      if (!holds) {
        const failure = new AssertionError({ message: rejects ? 'Missing expected rejection.' : 'Got unwanted rejection.', operator: name });
        reported.add(failure);
        throw failure;
      }
    };
    return register((...args) => judge(NONE, -1, args), judge);
  };

  const build = (strict) => {
    const assert = make('ok');
    for (const name of Object.keys(CHECKS)) {
      const kind = !strict ? name : ({ __proto__: null, equal: 'strictEqual', notEqual: 'notStrictEqual',
        deepEqual: 'deepStrictEqual', notDeepEqual: 'notDeepStrictEqual' })[name] ?? name;
      assert[name] = make(kind);
    }
    assert.rejects = makeRejection('rejects', true);
    assert.doesNotReject = makeRejection('doesNotReject', false);
    assert.AssertionError = AssertionError;
    return assert;
  };
  const assert = build(false);
  const strict = build(true);
  assert.strict = strict;
  strict.strict = strict;
  Object.freeze(assert);
  Object.freeze(strict);

  const consoleAssert = (write) => {
    const judge = (token, site, args) => {
      const holds = !!args[0];
      const message = args.length > 1 ? formatLog(args.slice(1)) : undefined;
      const sides = compared.get(site);
      compared.delete(site);
      if (!holds) write(message === undefined ? 'Assertion failed' : `Assertion failed: ${message}`);
      if (inside === 0) end(token === NONE ? begin(-1) : token, holds, message, sides);
    };
    return register((...args) => judge(NONE, -1, args), judge);
  };

  return {
    __proto__: null,
    assert,
    strict,
    AssertionError,
    consoleAssert,
    deepEqual,
    isReported: (error) => isObject(error) && reported.has(error),
    show,

    // A test suite calls this where it calls an assertion, and then what it gives.
    site: (number, assertion) => {
      const judge = isObject(assertion) ? judges.get(assertion) : undefined;
      if (judge === undefined) return assertion;
      const token = inside === 0 ? begin(number) : NONE;
      return (...args) => judge(token, number, args);
    },

    // A test suite calls this where it compares two values in an assertion.
    sides: (number, strictly, left, right) => {
      compared.set(number, [left, right]);
      return strictly ? left === right : left == right;
    },
  };
})
