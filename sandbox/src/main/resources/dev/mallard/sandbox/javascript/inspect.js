// Writes values as Node's util.inspect and console.log do.
(function () {
  'use strict';
  const BREAK = 80;
  const MOST = 100;
  const describe = Object.getOwnPropertyDescriptor;
  const tag = (value) => Object.prototype.toString.call(value);
  const getter = (prototype, key) => describe(prototype, key).get;
  const mapSize = getter(Map.prototype, 'size');
  const setSize = getter(Set.prototype, 'size');
  const typedTag = getter(Object.getPrototypeOf(Int8Array.prototype), Symbol.toStringTag);
  const succeeds = (check) => { try { check(); return true; } catch { return false; } };
  const isMap = (value) => succeeds(() => mapSize.call(value));
  const isSet = (value) => succeeds(() => setSize.call(value));
  const isDate = (value) => succeeds(() => Date.prototype.getTime.call(value));
  const isError = (value) => value instanceof Error || tag(value) === '[object Error]';
  const ESCAPES = { __proto__: null, '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

  function quote(text) {
    const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
    let quoted = mark;
    for (const character of text) {
      if (character === mark) quoted += '\\' + character;
      else if (character in ESCAPES) quoted += ESCAPES[character];
      else if (character < ' ' || (character >= '\x7f' && character <= '\x9f')) {
        quoted += '\\x' + character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
      } else quoted += character;
    }
    return quoted + mark;
  }

  function formatPrimitive(context, value) {
    switch (typeof value) {
      case 'string': {
        if (value.length > 10000) {
          return formatPrimitive(context, value.slice(0, 10000)) + `... ${value.length - 10000} more character${value.length > 10001 ? 's' : ''}`;
        }
        if (context.depth > 0 && value.length > 16 && value.length > BREAK - context.indentation - 4) {
          const lines = value.split(/(?<=\n)/);
          return lines.map(quote).join(' +\n' + ' '.repeat(context.indentation + 2));
        }
        return quote(value);
      }
      case 'number': return Object.is(value, -0) ? '-0' : `${value}`;
      case 'bigint': return `${value}n`;
      case 'symbol': return value.toString();
      default: return `${value}`;
    }
  }

  function constructorName(value) {
    for (let object = value; object !== null; object = Object.getPrototypeOf(object)) {
      const property = describe(object, 'constructor');
      const type = property === undefined ? undefined : 'value' in property ? property.value : value.constructor;
      if (typeof type === 'function' && describe(type, 'name') !== undefined && typeof type.name === 'string' && type.name !== '') {
        return type.name;
      }
    }
    return null;
  }

  function prefix(name, tagName, fallback, size) {
    const count = size === undefined ? '' : `(${size})`;
    if (name === null) return `[${fallback}${count}: null prototype] ${tagName}`;
    return `${name}${count} ${tagName}`;
  }

  function formatFunction(value, name, tagName) {
    const source = Function.prototype.toString.call(value);
    if (source.startsWith('class') && source.endsWith('}')) {
      const base = Object.getPrototypeOf(value);
      const own = typeof value.name === 'string' && value.name !== '' ? value.name : '(anonymous)';
      const parent = typeof base === 'function' && base.name ? ` extends ${base.name}` : '';
      return `[class ${own}${parent}]`;
    }
    const kind = name === null ? 'Function' : name;
    const own = typeof value.name === 'string' && value.name !== '' ? `: ${value.name}` : ' (anonymous)';
    return `[${kind}${own}]`;
  }

  function formatError(value, keys) {
    const name = typeof value.name === 'string' ? value.name : 'Error';
    const message = typeof value.message === 'string' ? value.message : '';
    return message === '' ? name : `${name}: ${message}`;
  }

  function formatKey(key) {
    if (typeof key === 'symbol') return `[${key.toString()}]`;
    return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key);
  }

  function formatProperty(context, value, key, isElement) {
    const property = describe(value, key) || { value: value[key], enumerable: true };
    let text;
    if ('value' in property) {
      context.indentation += 2;
      text = format(context, property.value);
      context.indentation -= 2;
    } else if (property.get !== undefined) text = property.set !== undefined ? '[Getter/Setter]' : '[Getter]';
    else text = property.set !== undefined ? '[Setter]' : 'undefined';
    if (isElement) return text;
    const name = property.enumerable === false ? `[${String(key)}]` : formatKey(key);
    return `${name}: ${text}`;
  }

  function formatElements(context, value) {
    const output = [];
    const length = Math.min(value.length, MOST);
    let index = 0;
    while (index < value.length && output.length < length) {
      if (Object.hasOwn(value, index)) {
        output.push(formatProperty(context, value, index, true));
        index++;
      } else {
        let end = index;
        while (end < value.length && !Object.hasOwn(value, end)) end++;
        output.push(`<${end - index} empty item${end - index > 1 ? 's' : ''}>`);
        index = end;
      }
    }
    if (index < value.length) {
      const more = value.length - index;
      output.push(`... ${more} more item${more > 1 ? 's' : ''}`);
    }
    return output;
  }

  function formatEntries(context, value, size, write) {
    const output = [];
    context.indentation += 2;
    let count = 0;
    for (const entry of value) {
      if (count++ === MOST) {
        output.push(`... ${size - MOST} more item${size - MOST > 1 ? 's' : ''}`);
        break;
      }
      output.push(write(entry));
    }
    context.indentation -= 2;
    return output;
  }

  function group(context, output, value) {
    let total = 0;
    let longest = 0;
    const count = value !== undefined && value.length > MOST ? output.length - 1 : output.length;
    const lengths = [];
    for (let index = 0; index < count; index++) {
      lengths.push(output[index].length);
      total += output[index].length + 2;
      longest = Math.max(longest, output[index].length);
    }
    const widest = longest + 2;
    if (!(widest * 3 + context.indentation < BREAK && (total / widest > 5 || longest <= 6))) return output;
    const biased = Math.max(widest - 3 - Math.sqrt(widest - total / output.length), 1);
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * biased * count) / biased), Math.floor((BREAK - context.indentation) / widest), 12, 15);
    if (columns <= 1) return output;
    const widths = [];
    for (let column = 0; column < columns; column++) {
      let width = 0;
      for (let index = column; index < count; index += columns) width = Math.max(width, lengths[index]);
      widths.push(width + 2);
    }
    let right = value !== undefined;
    if (right) {
      for (let index = 0; index < output.length; index++) {
        if (typeof value[index] !== 'number' && typeof value[index] !== 'bigint') right = false;
      }
    }
    const rows = [];
    for (let start = 0; start < count; start += columns) {
      const end = Math.min(start + columns, count);
      let row = '';
      for (let index = start; index < end - 1; index++) {
        const cell = `${output[index]}, `;
        row += right ? cell.padStart(widths[index - start]) : cell.padEnd(widths[index - start]);
      }
      row += right ? output[end - 1].padStart(widths[end - 1 - start] - 2) : output[end - 1];
      rows.push(row);
    }
    if (count < output.length) rows.push(output[count]);
    return rows;
  }

  function combine(context, output, base, open, close, isArray, level, value) {
    const entries = output.length;
    if (isArray && entries > 6) output = group(context, output, value);
    if (context.current - level < 3 && entries === output.length) {
      const start = output.length + context.indentation + open.length + base.length + 10;
      let length = output.length + start;
      for (const part of output) length += part.length;
      if (length <= BREAK && start + 2 * output.length <= BREAK && !base.includes('\n')) {
        const joined = output.join(', ');
        if (!joined.includes('\n')) return `${base ? `${base} ` : ''}${open} ${joined} ${close}`;
      }
    }
    const line = '\n' + ' '.repeat(context.indentation);
    return `${base ? `${base} ` : ''}${open}${line}  ${output.join(`,${line}  `)}${line}${close}`;
  }

  function formatObject(context, value) {
    const name = constructorName(value);
    let tagName = '';
    const toStringTag = value[Symbol.toStringTag];
    if (typeof toStringTag === 'string' && toStringTag !== '' && toStringTag !== name) tagName = `[${toStringTag}] `;
    const level = context.depth;
    const isArray = Array.isArray(value);
    const typed = !isArray && typeof typedTag.call(value) === 'string';
    let keys = Object.keys(value);
    if (isArray || typed) keys = keys.filter((key) => !/^(0|[1-9]\d*)$/.test(key));
    for (const key of Object.getOwnPropertySymbols(value)) if (describe(value, key).enumerable) keys.push(key);
    let base = '';
    let open = '{';
    let close = '}';
    let elements = () => [];
    if (isArray || typed) {
      const shown = isArray && name === 'Array' && tagName === '' ? '' : prefix(name, tagName, 'Array', value.length);
      open = `${shown}[`;
      close = ']';
      elements = () => formatElements(context, value);
      if (value.length === 0 && keys.length === 0) return `${open}]`;
    } else if (isSet(value)) {
      const size = setSize.call(value);
      open = `${prefix(name, tagName, 'Set', size)}{`;
      elements = () => formatEntries(context, Set.prototype.values.call(value), size, (entry) => format(context, entry));
      if (size === 0 && keys.length === 0) return `${open}}`;
    } else if (isMap(value)) {
      const size = mapSize.call(value);
      open = `${prefix(name, tagName, 'Map', size)}{`;
      elements = () => formatEntries(context, Map.prototype.entries.call(value), size,
        (entry) => `${format(context, entry[0])} => ${format(context, entry[1])}`);
      if (size === 0 && keys.length === 0) return `${open}}`;
    } else if (typeof value === 'function') {
      base = formatFunction(value, name, tagName);
      if (keys.length === 0) return base;
    } else if (tag(value) === '[object Arguments]') {
      open = '[Arguments] [';
      close = ']';
      keys = keys.filter((key) => !/^\d+$/.test(key));
      elements = () => formatElements(context, value);
    } else if (tag(value) === '[object RegExp]' && value instanceof RegExp) {
      base = RegExp.prototype.toString.call(value);
      if (keys.length === 0) return base;
    } else if (isDate(value)) {
      base = Number.isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
      if (keys.length === 0) return base;
    } else if (isError(value)) {
      keys = keys.filter((key) => key !== 'name' && key !== 'message' && key !== 'stack');
      base = formatError(value, keys);
      if (level > 0) base = `[${base}]`;
      if (keys.length === 0) return base;
    } else if (value instanceof Number || value instanceof Boolean || value instanceof String || value instanceof BigInt || value instanceof Symbol) {
      const type = value instanceof Number ? 'Number' : value instanceof Boolean ? 'Boolean' : value instanceof String ? 'String'
        : value instanceof BigInt ? 'BigInt' : 'Symbol';
      const inner = value instanceof Symbol ? Symbol.prototype.valueOf.call(value) : value.valueOf();
      base = `[${type}: ${formatPrimitive({ __proto__: null, depth: 0, indentation: 0 }, inner)}]`;
      if (value instanceof String) keys = keys.filter((key) => !/^\d+$/.test(key));
      if (keys.length === 0) return base;
    } else if (value instanceof WeakMap || value instanceof WeakSet) {
      return `${prefix(name, tagName, 'WeakMap')}{ <items unknown> }`;
    } else if (value instanceof Promise) {
      return `${prefix(name, tagName, 'Promise')}{ <pending> }`;
    } else {
      if (name !== 'Object' || tagName !== '') open = `${prefix(name, tagName, 'Object')}{`;
      if (keys.length === 0) return `${open}}`;
    }
    if (level > context.deepest) return `[${isArray ? 'Array' : name === null ? 'Object: null prototype' : `${name}${tagName ? ' ' + tagName.trim() : ''}`}]`;
    context.seen.push(value);
    context.current = level;
    context.depth++;
    const output = elements();
    for (const key of keys) output.push(formatProperty(context, value, key, false));
    context.depth--;
    context.seen.pop();
    const reference = context.circular.get(value);
    if (reference !== undefined) {
      if (base === '') open = `<ref *${reference}> ${open}`;
      else base = `<ref *${reference}> ${base}`;
    }
    return combine(context, output, base, open, close, isArray || typed, level, isArray || typed ? value : undefined);
  }

  function format(context, value) {
    if (typeof value !== 'object' && typeof value !== 'function' || value === null) return formatPrimitive(context, value);
    if (context.seen.includes(value)) {
      if (!context.circular.has(value)) context.circular.set(value, context.circular.size + 1);
      return `[Circular *${context.circular.get(value)}]`;
    }
    const custom = value[INSPECT];
    if (typeof custom === 'function') {
      const text = custom.call(value, context.deepest - context.depth, {}, inspect);
      return typeof text === 'string' ? text : format(context, text);
    }
    return formatObject(context, value);
  }

  const INSPECT = Symbol.for('nodejs.util.inspect.custom');

  function inspect(value, options) {
    const asked = options !== null && typeof options === 'object' ? options.depth : undefined;
    const deepest = asked === null ? Infinity : typeof asked === 'number' ? asked : 2;
    return format(
      { __proto__: null, depth: 0, current: 0, indentation: 0, deepest, seen: [], circular: new Map() }, value);
  }

  // Arguments of console.log, as text.
  function formatLog(values) {
    let next = 0;
    let text = '';
    if (typeof values[0] === 'string') {
      text = values[0];
      next = 1;
      if (values.length > 1 && text.includes('%')) {
        text = text.replace(/%[sdifjoOc%]/g, (mark) => {
          if (mark === '%%') return '%';
          if (next >= values.length) return mark;
          const value = values[next++];
          switch (mark) {
            case '%s': return typeof value === 'string' ? value : typeof value === 'bigint' ? `${value}n`
              : Object(value) === value ? inspect(value, { depth: 0 }) : formatPrimitive({ depth: 0 }, value);
            case '%d': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' || Object(value) === value ? 'NaN' : formatPrimitive({ depth: 0 }, Number(value));
            case '%i': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' || Object(value) === value ? 'NaN' : `${parseInt(value)}`;
            case '%f': return typeof value === 'symbol' ? 'NaN' : `${parseFloat(value)}`;
            case '%j': return JSON.stringify(value);
            case '%c': return '';
            default: return inspect(value, { depth: 4 });
          }
        });
      }
    }
    for (let index = next; index < values.length; index++) {
      const value = values[index];
      text += (index > 0 ? ' ' : '') + (typeof value === 'string' ? value : inspect(value));
    }
    return text;
  }

  return { __proto__: null, inspect, formatLog, isMap, isSet, isDate, isError, INSPECT };
})
