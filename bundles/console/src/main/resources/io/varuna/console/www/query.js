'use strict';

/* Tries a statement: nothing is stored, and no action is carried out. */
(function (varuna) {
  const h = varuna.h;
  const rest = varuna.rest;
  const CALM = 400;

  /* How a statement would be carried out, as the server explains it. */
  varuna.planView = () => {
    const element = h('div', {class: 'plan'});
    const node = plan => h('li', {}, h('code', {}, plan.text), plan.inputs.length > 0
      ? h('ul', {}, plan.inputs.map(node)) : null);
    element.show = explanation => {
      if (!explanation) {
        varuna.replace(element, h('p', {class: 'calm'}, 'There is a plan when the statement is right.'));
        return;
      }
      varuna.replace(element, h('p', {}, explanation.time.charAt(0).toUpperCase() + explanation.time.slice(1) + '.'),
        h('ul', {class: 'tree'}, node(explanation.plan)));
    };
    element.show(null);
    return element;
  };

  /* Checks what is being written, a moment after the last key. check(): the body to validate, or null for none. */
  varuna.validation = (check, done) => {
    let timer = 0;
    let latest = 0;
    const run = () => {
      const body = check();
      latest += 1;
      const mine = latest;
      if (body === null) {
        return;
      }
      rest.post('/rules/validate', body).then(
        answer => mine === latest && done(null, JSON.parse(answer)),
        failure => mine === latest && done(failure.message, null));
    };
    return () => {
      clearTimeout(timer);
      timer = setTimeout(run, CALM);
    };
  };

  varuna.pages.query = (root, parameters) => {
    const plan = varuna.planView();
    const store = h('a', {class: 'button', href: '#/new/rule'}, 'Make it a rule');
    const editor = varuna.editor({label: 'Statement', value: parameters.get('sql') || '',
      changed: () => {
        store.setAttribute('href', '#/new/rule?sql=' + encodeURIComponent(editor.value()));
        validate();
      },
      submit: () => output.restart()});
    const output = varuna.output('Run', () => ({method: 'POST', path: '/query', body: {sql: editor.value()}}));
    output.failed = failure => editor.showProblem(failure.message);
    const validate = varuna.validation(
      () => editor.value().trim() === '' ? null : {id: 'query', sql: editor.value(), actions: [{log: {}}]},
      (problem, answer) => {
        editor.showProblem(problem, answer ? 'This can be run.' : '');
        plan.show(answer ? answer.explanation : null);
      });
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, 'Query'), store),
      h('p', {class: 'hint'}, 'Shows the results of a statement as they come. Nothing is stored, and no action is carried out.'),
      h('div', {class: 'columns'},
        h('div', {}, h('section', {class: 'card'}, editor.element), h('section', {class: 'card'}, h('h2', {}, 'Plan'), plan)),
        h('div', {}, h('section', {class: 'card'}, h('h2', {}, 'Results'), output.element))));
    varuna.words.load().then(() => {
      const first = varuna.words.streams()[0];
      if (editor.value() === '' && first) {
        editor.set('SELECT * FROM ' + first);
        validate();
      }
      editor.repaint();
    }).catch(varuna.report);
    if (editor.value() !== '') {
      validate();
    }
    editor.focus();
    return {title: 'Query', leave: output.leave};
  };
})(window.varuna);
