'use strict';

/* One rule: its text, how it is carried out, and what it does now. */
(function (varuna) {
  const h = varuna.h;
  const rest = varuna.rest;

  function card(title, ...content) {
    return h('section', {class: 'card', 'aria-label': title}, h('h2', {}, title), content);
  }

  function parse(area, what) {
    try {
      return JSON.parse(area.value);
    } catch (e) {
      throw new Error('The ' + what + ' are not JSON: ' + e.message);
    }
  }

  /* Writes an action with the properties that it must have, and says what else it takes. */
  function addAction(area, type, changed, hint) {
    return rest.get(rest.path('metadata', 'sinks', type)).then(sink => {
      const properties = {};
      sink.properties.filter(property => !property.optional).forEach(property => {
        properties[property.name] = property.default;
      });
      let actions;
      try {
        actions = JSON.parse(area.value);
      } catch (e) {
        actions = [];
      }
      actions.push({[type]: properties});
      area.value = JSON.stringify(actions, null, 2);
      area.rows = Math.min(20, area.value.split('\n').length);
      varuna.replace(hint, sink.properties.length === 0 ? type + ' takes no properties.'
        : [h('span', {}, type + ' takes:'), h('ul', {}, sink.properties.map(property => h('li', {},
          h('code', {}, property.name), ' ', property.hint.en_US, property.default ? ' (' + property.default + ')' : '')))]);
      changed();
    }).catch(varuna.report);
  }

  function actionsField(value, changed) {
    const area = h('textarea', {class: 'code', rows: 5, spellcheck: 'false', on: {input: changed}});
    area.value = value;
    const types = varuna.select([], {'aria-label': 'Type of the action'});
    const hint = h('div', {class: 'hint'});
    const add = varuna.button('Add action', () => types.value && addAction(area, types.value, changed, hint), {class: 'small'});
    rest.get('/metadata/sinks').then(sinks => varuna.replace(types,
      sinks.map(sink => h('option', {value: sink.name}, sink.name)))).catch(varuna.report);
    return {area: area, element: h('div', {}, varuna.field('Actions', area, 'A list, each with the sink that gets the results.'),
      h('div', {class: 'buttons add'}, types, add), hint)};
  }

  /* The form for a rule's text. rule: what is stored, {} for a new one. */
  function form(rule, isNew, validated) {
    const others = Object.assign({}, rule);
    ['id', 'sql', 'actions'].forEach(name => delete others[name]);
    const id = h('input', {value: rule.id || '', spellcheck: 'false', autocomplete: 'off', on: {input: () => changed()}});
    const editor = varuna.editor({label: 'SQL', value: rule.sql || '', changed: () => changed(), submit: () => view.save()});
    const actions = actionsField(JSON.stringify(rule.actions || [{log: {}}], null, 2), () => changed());
    const more = h('textarea', {class: 'code', rows: 5, spellcheck: 'false', on: {input: () => changed()}});
    more.value = JSON.stringify(isNew ? {tags: [], options: {}} : others, null, 2);
    const save = varuna.button(isNew ? 'Create' : 'Save', () => view.save(), {class: 'primary'});
    const body = () => Object.assign({id: isNew ? id.value.trim() : rule.id, sql: editor.value(),
      actions: parse(actions.area, 'actions')}, parse(more, 'options'));
    const written = () => [id.value, editor.value(), actions.area.value, more.value].join('\n');
    let stored = written();
    const validate = varuna.validation(() => {
      try {
        return Object.assign(body(), isNew && id.value.trim() === '' ? {id: 'new'} : {});
      } catch (e) {
        validated(e.message, null);
        editor.showProblem(e.message);
        return null;
      }
    }, (problem, answer) => {
      editor.showProblem(problem, answer ? 'This is right. It reads ' + answer.sources.join(', ') + '.' : '');
      validated(problem, answer);
    });
    const changed = () => {
      if (!isNew) {
        varuna.setText(save, view.dirty() ? 'Save changes' : 'Save');
      }
      validate();
    };
    const view = {
      editor: editor,
      validate: validate,
      dirty: () => written() !== stored && (!isNew || editor.value() !== ''),
      sql: () => editor.value(),
      saved: null,
      save: () => {
        let rule;
        try {
          rule = body();
        } catch (e) {
          editor.showProblem(e.message);
          return;
        }
        const sent = isNew ? rest.post('/rules', rule) : rest.put(rest.path('rules', rule.id), rule);
        sent.then(answer => {
          stored = written();
          varuna.notify(answer);
          changed();
          view.saved(rule.id);
        }, failure => editor.showProblem(failure.message));
      },
      element: h('section', {class: 'card', 'aria-label': 'Text of the rule'},
        isNew ? varuna.field('Id', id, 'What REST and the shell call it; it cannot be changed later.') : null,
        editor.element, actions.element,
        h('details', {open: !isNew && Object.keys(others).length > 0}, h('summary', {}, 'Options and tags'),
          varuna.field('Further members', more, 'Such as {"options": {"isEventTime": true}, "tags": ["cellar"]}')),
        h('div', {class: 'buttons'}, save)),
    };
    return view;
  }

  /* The last error of each step that had one. */
  function errors() {
    const list = h('ul', {class: 'reasons'});
    const none = h('p', {class: 'calm'}, 'No step has had an error.');
    return {element: card('Errors', list, none), show: status => {
      const found = Object.keys(status).filter(key => key.endsWith('_last_exception') && status[key] !== '');
      none.hidden = found.length > 0;
      varuna.replace(list, found.map(key => h('li', {},
        h('strong', {}, key.replace(/_0_last_exception$/, '')),
        h('span', {class: 'hint'}, varuna.texts.ago(status[key + '_time']) + ', '
          + varuna.texts.count(status[key.replace('last_exception', 'exceptions_total')], 'error')),
        h('pre', {class: 'reason'}, status[key]))));
    }};
  }

  /* The figures that belong to no step. */
  function losses(status) {
    const names = {rule_late_records_total: 'late', rule_dropped_records_total: 'dropped',
      rule_dead_letters_total: 'to dead letters', rule_dead_letters_lost_total: 'dead letters lost'};
    const found = Object.keys(names).filter(name => status[name] > 0)
      .map(name => varuna.texts.short(status[name]) + ' ' + names[name]);
    return found.length > 0 ? 'Records: ' + found.join(', ') + '.' : 'No record was late or dropped.';
  }

  function steps(id) {
    const holder = h('div', {class: 'scroll bare', tabindex: 0, role: 'region', 'aria-label': 'Drawing of the steps'});
    const lost = h('p', {class: 'hint'});
    let drawing = null;
    let since = -1;
    return {element: card('Steps', holder, lost), show: status => {
      varuna.setText(lost, losses(status));
      if (since === status.lastStartTimestamp) {
        drawing.draw(status);
        return Promise.resolve();
      }
      return rest.get(rest.path('rules', id, 'topo')).then(topology => {
        since = status.lastStartTimestamp;
        drawing = varuna.topologyChart(topology);
        drawing.draw(status);
        varuna.replace(holder, drawing);
      });
    }};
  }

  function head(id, changed, leaving) {
    const badge = varuna.badge('');
    const reason = h('p', {class: 'reason'});
    const start = varuna.button('Start', () => varuna.ruleCommands.start(id, changed));
    const stop = varuna.button('Stop', () => varuna.ruleCommands.stop(id, changed));
    return {element: h('div', {}, h('div', {class: 'head'}, h('h1', {}, id), badge, start, stop,
      varuna.button('Restart', () => varuna.ruleCommands.restart(id, changed)),
      varuna.button('Delete', () => varuna.ruleCommands.remove(id, leaving), {class: 'danger'})), reason),
    show: status => {
      const runs = varuna.texts.kind(status.status) !== 'stopped';
      badge.show(status.status);
      start.hidden = runs;
      stop.hidden = !runs;
      varuna.setText(reason, [status.message, status.lastStartTimestamp > 0 && runs
        ? 'Started ' + varuna.texts.ago(status.lastStartTimestamp) + '.' : ''].filter(Boolean).join('\n'));
    }};
  }

  varuna.pages.rule = (root, parameters, names) => {
    const id = names[0];
    const page = {title: id};
    const top = head(id, () => page.tick(), () => {
      page.dirty = null;
      location.hash = '#/rules';
    });
    const drawing = steps(id);
    const odd = errors();
    const plan = varuna.planView();
    const output = varuna.output('Follow', () => ({method: 'GET', path: rest.path('rules', id, 'tail')}));
    const left = h('div', {});
    varuna.replace(root, top.element, drawing.element, h('div', {class: 'columns below'}, left,
      h('div', {}, card('Live output', output.element), odd.element)));
    page.leave = output.leave;
    page.tick = () => rest.get(rest.path('rules', id, 'status')).then(status => {
      top.show(status);
      odd.show(status);
      return drawing.show(status);
    });
    Promise.all([rest.get(rest.path('rules', id)), varuna.words.load()]).then(answers => {
      const text = form(Object.assign({id: id}, answers[0]), false, (problem, answer) => plan.show(answer && answer.explanation));
      text.saved = () => page.tick();
      varuna.replace(left, text.element, card('Plan', plan));
      page.dirty = text.dirty;
      text.validate();
    }).catch(varuna.report);
    return page;
  };

  varuna.pages.newRule = (root, parameters) => {
    const page = {title: 'New rule'};
    const plan = varuna.planView();
    const text = form({sql: parameters.get('sql') || ''}, true, (problem, answer) => plan.show(answer && answer.explanation));
    const output = varuna.output('Try it', () => ({method: 'POST', path: '/query', body: {sql: text.sql()}}));
    output.failed = failure => text.editor.showProblem(failure.message);
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, 'New rule')), h('div', {class: 'columns'},
      h('div', {}, text.element),
      h('div', {}, card('Plan', plan), card('Results, without the actions', output.element))));
    varuna.words.load().then(() => text.editor.repaint()).catch(varuna.report);
    if (text.sql() !== '') {
      text.validate();
    }
    page.dirty = text.dirty;
    page.leave = output.leave;
    text.saved = id => {
      page.dirty = null;
      location.hash = '#' + rest.path('rules', id);
    };
    return page;
  };
})(window.varuna);
