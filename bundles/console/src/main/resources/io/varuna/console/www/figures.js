'use strict';

/* What rules did since the console was opened: totals from the server become figures per second. */
(function (varuna) {
  const KEPT = 60;
  const rules = new Map();
  const all = {rateIn: null, rateOut: null, historyIn: [], historyOut: []};
  let last = 0;

  function push(history, value) {
    history.push(value);
    if (history.length > KEPT) {
      history.shift();
    }
  }

  /* A total that went down was counted anew. */
  function rate(before, now, seconds) {
    return Math.max(0, now < before ? now : now - before) / seconds;
  }

  function update(figures, status, seconds) {
    if (figures.in !== null && seconds > 0) {
      figures.rateIn = rate(figures.in, status.records_in_total, seconds);
      figures.rateOut = rate(figures.out, status.records_out_total, seconds);
      push(figures.history, figures.rateIn);
    }
    figures.in = status.records_in_total;
    figures.out = status.records_out_total;
    figures.exceptions = status.exceptions_total;
    figures.lastException = status.last_exception;
    figures.state = status.status;
    figures.message = status.message;
  }

  function sum(name) {
    const known = Array.from(rules.values()).map(figures => figures[name]).filter(value => value !== null);
    return known.length > 0 || rules.size === 0 ? known.reduce((a, b) => a + b, 0) : null;
  }

  function take(statuses) {
    const now = Date.now();
    // what a page counts again at once would only make noise
    const seconds = last === 0 ? 0 : (now - last) / 1000;
    last = now;
    Array.from(rules.keys()).filter(id => !(id in statuses)).forEach(id => rules.delete(id));
    Object.keys(statuses).forEach(id => {
      if (!rules.has(id)) {
        rules.set(id, {id: id, in: null, out: null, rateIn: null, rateOut: null, history: []});
      }
      update(rules.get(id), statuses[id], seconds);
    });
    all.rateIn = sum('rateIn');
    all.rateOut = sum('rateOut');
    if (all.rateIn !== null) {
      push(all.historyIn, all.rateIn);
      push(all.historyOut, all.rateOut);
    }
  }

  /* Splits the figures of a rule's status by the steps of its topology. */
  function steps(status, names) {
    const byStep = {};
    names.forEach(name => {
      const prefix = name + '_0_';
      byStep[name] = {};
      Object.keys(status).filter(key => key.startsWith(prefix)).forEach(key => {
        byStep[name][key.slice(prefix.length)] = status[key];
      });
    });
    return byStep;
  }

  varuna.figures = {
    all: all,
    rule: id => rules.get(id) || null,
    steps: steps,

    /* Asks for the figures of all rules; a promise of them, by id. */
    load: () => varuna.rest.get('/rules/status/all').then(statuses => {
      take(statuses);
      return rules;
    }),
  };
})(window.varuna);
