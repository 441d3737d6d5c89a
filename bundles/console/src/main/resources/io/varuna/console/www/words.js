'use strict';

/* The words of SQL, and what the server adds to them: streams, their columns, functions with their help. */
(function (varuna) {
  const rest = varuna.rest;
  const MOST = 12;

  const KEYWORDS = ('SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT JOIN LEFT RIGHT INNER FULL CROSS ON AS AND OR NOT IN IS NULL'
    + ' BETWEEN LIKE ESCAPE CASE WHEN THEN ELSE END EXCEPT REPLACE OVER PARTITION FILTER ASC DESC DISTINCT UNION WITH'
    + ' INTERVAL CREATE DROP STREAM TABLE TRUE FALSE TUMBLINGWINDOW HOPPINGWINDOW SLIDINGWINDOW SESSIONWINDOW COUNTWINDOW'
    + ' STATEWINDOW DATASOURCE FORMAT TYPE KEY KIND CONF_KEY SHARED TIMESTAMP TIMESTAMP_FORMAT STRICT_VALIDATION EXTRA'
    + ' BIGINT FLOAT STRING BOOLEAN DATETIME BYTEA ARRAY STRUCT MATCH_RECOGNIZE TUMBLE HOP SESSION').split(' ');

  const TOKEN = /'(?:[^']|'')*'?|"(?:[^"\\]|\\[\s\S])*"?|`[^`]*`?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_$][\w$]*|\s+|[\s\S]/g;

  const known = {functions: [], byName: {}, streams: {}};

  function learnFunctions(functions) {
    known.functions = functions;
    known.byName = {};
    functions.forEach(one => [one.name].concat(one.aliases).forEach(name => {
      known.byName[name.toLowerCase()] = one;
    }));
  }

  function learnColumns(kind, name) {
    return rest.get(rest.path(kind, name, 'schema')).then(schema => {
      known.streams[name] = Object.keys(schema).map(column => ({name: column, type: schema[column].type}));
    });
  }

  function learnStreams(kind) {
    return rest.get('/' + kind).then(names => Promise.all(names.map(name => learnColumns(kind, name))));
  }

  function kindOf(token) {
    if (/^['"]/.test(token)) {
      return 'text';
    }
    if (/^(--|\/\*)/.test(token)) {
      return 'comment';
    }
    if (/^\d/.test(token)) {
      return 'digits';
    }
    if (KEYWORDS.indexOf(token.toUpperCase()) >= 0) {
      return 'keyword';
    }
    return known.byName[token.toLowerCase()] ? 'function' : '';
  }

  function tokens(text) {
    let at = 0;
    return (text.match(TOKEN) || []).map(token => {
      at += token.length;
      return {text: token, from: at - token.length, to: at, kind: kindOf(token)};
    });
  }

  /* The columns of the streams that a statement names, each once. */
  function columns(text) {
    const named = new Set(tokens(text).map(token => token.text.replace(/`/g, '')));
    const found = new Map();
    Object.keys(known.streams).filter(stream => named.has(stream)).forEach(stream =>
      known.streams[stream].forEach(column => found.set(column.name,
        {text: column.name, kind: 'column', detail: column.type + ', ' + stream})));
    return Array.from(found.values());
  }

  function candidates(text, before) {
    const streams = Object.keys(known.streams).map(name => ({text: name, kind: 'stream',
      detail: known.streams[name].map(column => column.name).join(', ')}));
    const functions = known.functions.map(one => ({text: one.name, kind: 'function', detail: one.signature, doc: one.doc}));
    const keywords = KEYWORDS.map(word => ({text: word, kind: 'keyword', detail: ''}));
    return /\b(from|join|drop\s+(stream|table))\s+$/i.test(before) ? streams
      : columns(text).concat(streams, functions, keywords);
  }

  varuna.words = {
    tokens: tokens,

    /* Asks the server what there is now. */
    load: () => Promise.all([rest.get('/metadata/functions').then(learnFunctions), learnStreams('streams'),
      learnStreams('tables')]),

    /* What may stand where the caret is: the word so far, and how it can go on. */
    complete: (text, caret) => {
      const inside = tokens(text).find(token => token.from < caret && caret <= token.to);
      const nothing = {from: caret, options: []};
      if (inside && (inside.kind === 'text' || inside.kind === 'comment')) {
        return nothing;
      }
      const word = /[A-Za-z_$][\w$]*$/.exec(text.slice(0, caret));
      const from = word ? word.index : caret;
      const start = word ? word[0].toLowerCase() : '';
      const options = candidates(text, text.slice(0, from)).filter(option =>
        option.text.toLowerCase().startsWith(start) && option.text.toLowerCase() !== start);
      return {from: from, options: options.slice(0, MOST)};
    },

    /* The function whose arguments the caret is among; null if it is nowhere among any. */
    around: (text, caret) => {
      let depth = 0;
      const before = tokens(text.slice(0, caret)).filter(token => !/^\s/.test(token.text));
      for (let i = before.length - 1; i > 0; i--) {
        if (before[i].text === ')') {
          depth += 1;
        } else if (before[i].text === '(') {
          if (depth === 0) {
            return known.byName[before[i - 1].text.toLowerCase()] || null;
          }
          depth -= 1;
        }
      }
      return null;
    },

    columns: columns,
    streams: () => Object.keys(known.streams),
  };
})(window.varuna);
