'use strict';

/* How figures, times and states are written. */
(function (varuna) {
  const UNITS = ['', 'k', 'M', 'G', 'T'];
  const MINUTE = 60;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  /* Three digits, such as 7, 0.25, 12.3k: a column of them can be compared at a glance. */
  function short(number) {
    let rest = Math.abs(number);
    let unit = 0;
    while (rest >= 999.5 && unit < UNITS.length - 1) {
      rest /= 1000;
      unit += 1;
    }
    return (number < 0 ? '-' : '') + Number(rest.toPrecision(3)) + UNITS[unit];
  }

  function two(number) {
    return String(number).padStart(2, '0');
  }

  varuna.texts = {
    short: short,
    whole: number => Math.round(number).toLocaleString('en-US'),
    rate: number => number === null ? '–' : short(number),
    megabytes: bytes => short(Number(bytes) / 1048576) + ' MB',
    size: bytes => bytes >= 1048576 ? short(bytes / 1048576) + ' MB' : short(bytes / 1024) + ' KB',

    latency: micros => {
      if (micros < 1000) {
        return short(micros) + ' µs';
      }
      return micros < 1000000 ? short(micros / 1000) + ' ms' : short(micros / 1000000) + ' s';
    },

    duration: seconds => {
      if (seconds < MINUTE) {
        return Math.round(seconds) + ' s';
      }
      if (seconds < HOUR) {
        return Math.floor(seconds / MINUTE) + ' min';
      }
      if (seconds < DAY) {
        return Math.floor(seconds / HOUR) + ' h ' + Math.floor(seconds % HOUR / MINUTE) + ' min';
      }
      return Math.floor(seconds / DAY) + ' d ' + Math.floor(seconds % DAY / HOUR) + ' h';
    },

    clock: time => [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':'),

    dateTime: millis => {
      const time = new Date(millis);
      return time.getFullYear() + '-' + two(time.getMonth() + 1) + '-' + two(time.getDate()) + ' '
        + varuna.texts.clock(time);
    },

    ago: millis => varuna.texts.duration(Math.max(0, (Date.now() - millis) / 1000)) + ' ago',

    /* One of: running, waiting, stopped, failed. */
    kind: state => {
      if (state.startsWith('running') || state.startsWith('starting')) {
        return 'running';
      }
      if (state.startsWith('waiting') || state.startsWith('stopped: waiting')) {
        return 'waiting';
      }
      return state.startsWith('stopped by error') ? 'failed' : 'stopped';
    },

    /* 'running', or with a word less than the server: 'scheduled' for what waits for its next run. */
    state: state => {
      if (state.startsWith('stopped: waiting')) {
        return 'scheduled';
      }
      return state.startsWith('stopped by error') ? 'failed' : state;
    },

    count: (number, word) => number + ' ' + word + (number === 1 ? '' : 's'),
  };

  /* Shows a state by a word, a shape and a colour. */
  varuna.badge = state => {
    const element = varuna.h('span', {class: 'badge'});
    element.show = text => {
      element.className = 'badge ' + varuna.texts.kind(text);
      varuna.setText(element, varuna.texts.state(text));
    };
    element.show(state);
    return element;
  };
})(window.varuna);
