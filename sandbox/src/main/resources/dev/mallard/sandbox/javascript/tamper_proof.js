// Takes out of the program's hands what tests rely on. New properties may still be added, objects
// may have properties of the same names, and classes may override methods.
(function () {
  'use strict';
  const define = Object.defineProperty;
  const describe = Object.getOwnPropertyDescriptor;
  const keysOf = Reflect.ownKeys;
  const fixed = (value) => ({ __proto__: null, value, writable: false, enumerable: false, configurable: false });

  // A property of a prototype that cannot be changed there, but can be given to what inherits it.
  const inherited = (owner, key, value) => define(owner, key, {
    __proto__: null,
    get() { return value; },
    set(own) {
      if (this !== owner && Object(this) === this) {
        define(this, key, { __proto__: null, value: own, writable: true, enumerable: true, configurable: true });
      }
    },
    enumerable: false,
    configurable: false,
  });

  const ASSIGNED = ['constructor', 'toString', 'valueOf', 'toLocaleString', 'toJSON'];
  const fixPrototype = (prototype, all) => {
    for (const key of keysOf(prototype)) {
      const property = describe(prototype, key);
      if (!property.configurable) continue;
      if ('value' in property) {
        if (all || ASSIGNED.includes(key)) inherited(prototype, key, property.value);
        else define(prototype, key, fixed(property.value));
      } else {
        define(prototype, key, { __proto__: null, configurable: false });
      }
    }
  };
  const fixStatics = (holder) => {
    for (const key of keysOf(holder)) {
      const property = describe(holder, key);
      if (property.configurable && 'value' in property) {
        define(holder, key, { __proto__: null, value: property.value, writable: false, configurable: false });
      }
    }
  };

  fixPrototype(Object.prototype, true);
  inherited(Object.prototype, 'toJSON', undefined);
  for (const type of [Array, String, Number, Boolean, BigInt, Symbol, Function, RegExp, Date, Map, Set, WeakMap,
    WeakSet, Promise, ArrayBuffer, DataView, Int8Array, Uint8Array]) {
    fixPrototype(type.prototype, false);
  }
  const iterators = [
    [][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ''[Symbol.iterator](),
    'a'.matchAll(/a/g), (function* () {})(), (async function* () {})(),
  ];
  for (const iterator of iterators) {
    for (let p = Object.getPrototypeOf(iterator); p && p !== Object.prototype; p = Object.getPrototypeOf(p)) {
      fixPrototype(p, false);
    }
  }
  fixPrototype(Object.getPrototypeOf(Int8Array.prototype), false);
  for (const holder of [JSON, Math, Reflect, Object, Array, Number, String, Boolean, BigInt, Symbol, Promise, Date,
    Map, Set]) {
    fixStatics(holder);
  }
  for (const name of ['JSON', 'Math', 'Object', 'Array', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol',
    'Promise', 'Reflect', 'RegExp', 'Function', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'globalThis']) {
    define(globalThis, name, { __proto__: null, writable: false, configurable: false });
  }
})
