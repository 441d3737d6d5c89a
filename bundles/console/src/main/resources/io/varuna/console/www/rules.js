'use strict';

(function (varuna) {
  const h = varuna.h;
  const texts = varuna.texts;
  const rest = varuna.rest;

  /* More rows than anybody reads would make the browser slow. */
  const MOST = 200;

  const EFFECTS = {
    stop: 'It reads no records until it is started again. What its windows hold is kept.',
    restart: 'It stops and starts again with the text that is stored.',
    remove: 'It stops, and its text and all that its windows hold are removed. Other rules go on.',
  };

  function command(id, word) {
    return rest.post(rest.path('rules', id, word)).then(varuna.notify, varuna.report);
  }

  /* What can be done to a rule, for the list and the rule's own page. `changed` is called when it is done. */
  varuna.ruleCommands = {
    start: (id, changed) => command(id, 'start').then(changed),
    stop: (id, changed) => varuna.confirm('Stop rule ' + id + '?', h('p', {}, EFFECTS.stop), 'Stop',
      () => command(id, 'stop').then(changed)),
    restart: (id, changed) => varuna.confirm('Restart rule ' + id + '?', h('p', {}, EFFECTS.restart), 'Restart',
      () => command(id, 'restart').then(changed)),
    remove: (id, changed) => varuna.confirm('Delete rule ' + id + '?', h('p', {}, EFFECTS.remove), 'Delete',
      () => rest.remove(rest.path('rules', id)).then(varuna.notify).then(changed, varuna.report)),
  };

  function row(rule, changed) {
    const badge = varuna.badge(rule.status);
    const reason = h('p', {class: 'reason'});
    const into = h('td', {class: 'number', 'data-title': 'in /s'});
    const out = h('td', {class: 'number', 'data-title': 'out /s'});
    const chart = varuna.sparkline();
    const tags = h('span', {class: 'tags'});
    const label = word => ({'aria-label': word + ' ' + rule.id, class: 'quiet small'});
    const start = varuna.button('Start', () => varuna.ruleCommands.start(rule.id, changed), label('Start'));
    const stop = varuna.button('Stop', () => varuna.ruleCommands.stop(rule.id, changed), label('Stop'));
    const element = h('tr', {},
      h('th', {scope: 'row'}, h('a', {href: '#' + rest.path('rules', rule.id)}, rule.id), tags),
      h('td', {}, badge, reason), into, out, h('td', {class: 'chart'}, chart),
      h('td', {class: 'actions'}, start, stop,
        varuna.button('Restart', () => varuna.ruleCommands.restart(rule.id, changed), label('Restart')),
        varuna.button('Delete', () => varuna.ruleCommands.remove(rule.id, changed), label('Delete'))));
    return {element: element, update: now => {
      const figures = varuna.figures.rule(rule.id);
      badge.show(figures ? figures.state : now.status);
      varuna.setText(reason, figures ? figures.message || figures.lastException : '');
      varuna.replace(tags, now.tags.map(tag => h('span', {class: 'tag'}, tag)));
      const runs = texts.kind(figures ? figures.state : now.status) !== 'stopped';
      start.hidden = runs;
      stop.hidden = !runs;
      varuna.setText(into, figures ? texts.rate(figures.rateIn) : '–');
      varuna.setText(out, figures ? texts.rate(figures.rateOut) : '–');
      if (figures) {
        chart.draw(figures.history, 1);
        element.title = texts.whole(figures.in) + ' records in, ' + texts.whole(figures.out) + ' out';
      }
    }};
  }

  function matches(rule, text, state) {
    const figures = varuna.figures.rule(rule.id);
    const words = [rule.id, rule.name, figures ? figures.message : ''].concat(rule.tags).join(' ').toLowerCase();
    return (state === '' || texts.kind(figures ? figures.state : rule.status) === state)
      && text.toLowerCase().split(/\s+/).every(word => words.indexOf(word) >= 0);
  }

  function remark(all, shown) {
    if (all === 0) {
      return 'There is no rule yet.';
    }
    return shown === 0 ? 'No rule is like that.' : 'And ' + (shown - MOST) + ' more: the filter finds them.';
  }

  varuna.pages.rules = (root, parameters) => {
    const page = {title: 'Rules'};
    const body = h('tbody', {});
    const filter = h('input', {type: 'search', id: 'filter', placeholder: 'Id, tag or reason'});
    const state = varuna.select(['', 'running', 'waiting', 'failed', 'stopped'], {});
    state.options[0].textContent = 'any state';
    state.value = parameters.get('state') || '';
    const none = h('p', {class: 'calm', hidden: true});
    let rules = [];
    const changed = () => page.tick();
    const rows = varuna.keyedRows(body, rule => rule.id, rule => row(rule, changed));
    const show = () => {
      const shown = rules.filter(rule => matches(rule, filter.value.trim(), state.value));
      rows(shown.slice(0, MOST));
      none.hidden = shown.length > 0 && shown.length <= MOST;
      varuna.setText(none, remark(rules.length, shown.length));
    };
    filter.addEventListener('input', show);
    state.addEventListener('change', show);
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, 'Rules'),
      h('a', {class: 'button primary', href: '#/new/rule'}, 'New rule')),
    h('div', {class: 'filters'}, varuna.field('Filter', filter), varuna.field('State', state)),
    varuna.table('Rules', ['Rule', 'State', {number: 'In /s'}, {number: 'Out /s'}, 'Last minutes', 'Commands'], body, 'stacked'), none);
    page.tick = () => Promise.all([rest.get('/rules'), varuna.figures.load()]).then(answers => {
      rules = answers[0];
      show();
    });
    return page;
  };
})(window.varuna);
