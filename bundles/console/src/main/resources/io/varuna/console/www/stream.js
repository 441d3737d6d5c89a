'use strict';

/* One stream or table. */
(function (varuna) {
  const h = varuna.h;
  const rest = varuna.rest;
  const ASKED = 200;

  function typeText(type) {
    if (type.items) {
      return 'array of ' + typeText(type.items);
    }
    return type.properties ? 'struct of ' + Object.keys(type.properties).map(name =>
      name + ' ' + typeText(type.properties[name])).join(', ') : type.type;
  }

  /* Whether a statement reads it: its name comes after FROM, JOIN or a comma. */
  function reads(sql, name) {
    const tokens = varuna.words.tokens(sql).filter(token => token.text.trim() !== '' && token.kind !== 'comment');
    return tokens.some((token, i) => token.text.replace(/`/g, '') === name && i > 0
      && /^(from|join|,)$/i.test(tokens[i - 1].text));
  }

  /* The rules that read it, by their texts: a rule that waits has no steps. */
  function users(name) {
    return rest.get('/rules').then(rules => Promise.all(rules.slice(0, ASKED).map(rule =>
      rest.get(rest.path('rules', rule.id)).then(text => reads(text.sql, name) ? rule.id : null, () => null))))
      .then(ids => ids.filter(id => id !== null));
  }

  function drop(kind, word, name, rules, done) {
    const path = rest.path(kind, name);
    const all = force => rest.remove(path + (force ? '?force=true' : '')).then(answer => {
      varuna.notify(answer);
      done();
    });
    const effect = rules.length > 0 ? 'It is read by ' + rules.join(', ') + '.' : 'No rule reads it.';
    varuna.confirm('Drop ' + word + ' ' + name + '?',
      h('p', {}, effect + ' Only its declaration is removed; what it reads stays where it is.'),
      'Drop', () => all(false).catch(failure => {
        if (failure.status !== 400) {
          varuna.report(failure);
          return;
        }
        varuna.confirm('Drop ' + word + ' ' + name + ' all the same?', h('p', {}, failure.message), 'Drop all the same',
          () => all(true).catch(varuna.report));
      }));
  }

  varuna.pages.stream = (root, parameters, names) => {
    const kind = names[0];
    const name = names[1];
    const word = kind.slice(0, -1);
    const page = {title: name};
    let stored = '';
    let rules = [];
    const used = h('p', {class: 'calm'}, '…');
    const columns = h('tbody', {});
    const options = h('dl', {class: 'pairs'});
    const schemaless = h('p', {class: 'calm', hidden: true}, 'It declares no columns: every record is taken as it is.');
    const table = varuna.table('Columns', ['Column', 'Type'], columns);
    const save = () => rest.put(rest.path(kind, name), {sql: editor.value()}).then(answer => {
      stored = editor.value();
      editor.showProblem(null);
      varuna.notify(answer);
      show();
    }, failure => editor.showProblem(failure.message));
    const editor = varuna.editor({label: 'Statement', changed: () => editor.showProblem(null), submit: save});
    const path = rest.path(kind, name);
    const show = () => Promise.all([rest.get(path), rest.get(path + '/schema')]).then(answers => {
      stored = answers[0].Statement;
      editor.set(stored);
      const list = Object.keys(answers[1]);
      table.hidden = list.length === 0;
      schemaless.hidden = list.length > 0;
      varuna.replace(columns, list.map(column => h('tr', {}, h('th', {scope: 'row'}, column),
        h('td', {}, typeText(answers[1][column])))));
      const chosen = answers[0].Options;
      varuna.replace(options, Object.keys(chosen).map(option => [h('dt', {}, option), h('dd', {class: 'long', tabindex: 0}, String(chosen[option]))]));
    }).catch(varuna.report);
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, name), h('span', {class: 'badge plain'}, word),
      h('a', {class: 'button', href: '#/query?sql=' + encodeURIComponent('SELECT * FROM ' + name)}, 'Query it'),
      varuna.button('Drop', () => drop(kind, word, name, rules, () => {
        page.dirty = null;
        location.hash = '#/streams';
      }), {class: 'danger'})),
    h('div', {class: 'columns'},
      h('div', {}, h('section', {class: 'card'}, editor.element,
        h('p', {class: 'hint'}, 'Replacing it restarts the rules that read it.'),
        h('div', {class: 'buttons'}, varuna.button('Replace', save, {class: 'primary'})))),
      h('div', {}, h('section', {class: 'card'}, h('h2', {}, 'Columns'), table, schemaless),
        h('section', {class: 'card'}, h('h2', {}, 'Read by'), used),
        h('section', {class: 'card'}, h('h2', {}, 'Options'), options))));
    show();
    varuna.words.load().then(() => editor.repaint()).catch(varuna.report);
    users(name).then(ids => {
      rules = ids;
      varuna.replace(used, ids.length === 0 ? 'No rule.' : ids.map((id, i) => [i > 0 ? ', ' : '',
        h('a', {href: '#' + rest.path('rules', id)}, id)]));
    }).catch(varuna.report);
    page.dirty = () => editor.value() !== stored;
    return page;
  };
})(window.varuna);
