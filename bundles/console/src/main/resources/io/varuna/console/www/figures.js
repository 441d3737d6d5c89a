'use strict';

/* What rules did since the console was opened: totals from the server become figures per second. */
(function (varuna) {
  const KEPT = 60;
  /* Over how many answers a rate is taken: windows that end each few seconds would make it jump. */
  const SPAN = 4;
  const rules = new Map();
  const all = {rateIn: null, rateOut: null, historyIn: [], historyOut: []};

  function push(history, value) {
    history.push(value);
    if (history.length > KEPT) {
      history.shift();
    }
  }

  /* Takes a sample with totals to former ones, the oldest first; returns the rate of a total, null if none is known yet. */
  function rate(samples, sample, ...names) {
    const last = samples[samples.length - 1];
    // a total that went down was counted anew
    if (last && names.some(name => sample[name] < last[name])) {
      samples.length = 0;
    }
    if (!last || sample.time > last.time) {
      samples.push(sample);
    }
    if (samples.length > SPAN) {
      samples.shift();
    }
    return samples.length < 2 ? null : perSecond(samples, names[0]);
  }

  function perSecond(samples, name) {
    const first = samples[0];
    const last = samples[samples.length - 1];
    return (last[name] - first[name]) * 1000 / (last.time - first.time);
  }

  function update(figures, status, now) {
    const sample = {time: now, in: status.records_in_total, out: status.records_out_total};
    const known = rate(figures.samples, sample, 'in', 'out');
    if (known !== null) {
      figures.rateIn = known;
      figures.rateOut = perSecond(figures.samples, 'out');
      push(figures.history, known);
    }
    figures.in = sample.in;
    figures.out = sample.out;
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
    Array.from(rules.keys()).filter(id => !(id in statuses)).forEach(id => rules.delete(id));
    Object.keys(statuses).forEach(id => {
      if (!rules.has(id)) {
        rules.set(id, {id: id, samples: [], rateIn: null, rateOut: null, history: []});
      }
      update(rules.get(id), statuses[id], now);
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
    rate: rate,
    rule: id => rules.get(id) || null,
    steps: steps,

    /* Asks for the figures of all rules; a promise of them, by id. */
    load: () => varuna.rest.get('/rules/status/all').then(statuses => {
      take(statuses);
      return rules;
    }),
  };
})(window.varuna);
