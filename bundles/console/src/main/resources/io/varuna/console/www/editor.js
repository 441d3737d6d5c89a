'use strict';

/*
 * A text area for SQL: coloured words, completion, help for functions, and the place of an error. The coloured text lies
 * under the text area, which stays what it is for keyboards and screen readers.
 */
(function (varuna) {
  const h = varuna.h;
  let editors = 0;

  /* The place that an error names: its message, and from where to where in the text it is wrong. */
  function place(message, text) {
    const found = /\(line (\d+), column (\d+)\)/.exec(message);
    if (!found) {
      return null;
    }
    const lines = text.split('\n');
    const before = lines.slice(0, Number(found[1]) - 1).reduce((sum, line) => sum + line.length + 1, 0);
    const from = before + Number(found[2]) - 1;
    const caret = /\^+\s*$/.exec(message);
    return {from: from, to: from + Math.max(1, caret ? caret[0].trim().length : 1)};
  }

  /* The sentences of a message, without the line and the caret that show the place: that is shown in the text. */
  function sentences(message) {
    return message.replace(/\n[^\n]*\n\s*\^+\s*$/, '');
  }

  function paint(under, text, wrong) {
    const parts = [];
    varuna.words.tokens(text).forEach(token => {
      const cuts = [token.from, token.to];
      if (wrong) {
        [wrong.from, wrong.to].filter(cut => cut > token.from && cut < token.to).forEach(cut => cuts.push(cut));
      }
      cuts.sort((a, b) => a - b);
      for (let i = 0; i + 1 < cuts.length; i++) {
        const isWrong = wrong && cuts[i] >= wrong.from && cuts[i] < wrong.to;
        const part = text.slice(cuts[i], cuts[i + 1]);
        const classes = [token.kind, isWrong && 'wrong'].filter(Boolean).join(' ');
        parts.push(classes ? h('span', {class: classes}, part) : part);
      }
    });
    // what is wrong at the end, where there is no text to mark
    if (wrong && wrong.from >= text.length) {
      parts.push(h('span', {class: 'wrong'}, ' '));
    }
    varuna.replace(under, parts, '\n');
  }

  /* The list under the caret. */
  function popup(id, choose) {
    const list = h('ul', {role: 'listbox', id: id, class: 'options', 'aria-label': 'Completions'});
    const doc = h('p', {class: 'doc'});
    const element = h('div', {class: 'popup', hidden: true}, list, doc);
    let options = [];
    let current = 0;
    const mark = () => {
      Array.from(list.children).forEach((item, i) => item.setAttribute('aria-selected', String(i === current)));
      const option = options[current];
      varuna.setText(doc, option ? [option.detail, option.doc].filter(Boolean).join('\n') : '');
      if (list.children[current] && list.children[current].scrollIntoView) {
        list.children[current].scrollIntoView({block: 'nearest'});
      }
    };
    return {
      element: element,
      isOpen: () => !element.hidden,
      close: () => {
        element.hidden = true;
      },
      current: () => options[current],
      currentId: () => id + '-' + current,
      move: by => {
        current = (current + by + options.length) % options.length;
        mark();
      },
      show: (found, left, top) => {
        options = found;
        current = 0;
        varuna.replace(list, options.map((option, i) => h('li', {role: 'option', id: id + '-' + i, on: {
          mousedown: event => {
            event.preventDefault();
            choose(option);
          },
        }}, h('span', {}, option.text), h('span', {class: 'kind'}, option.kind))));
        element.style.left = left + 'px';
        element.style.top = top + 'px';
        element.hidden = options.length === 0;
        mark();
      },
    };
  }

  /* Where the caret is, from the coloured text, which lies exactly under it. */
  function caretPlace(under, offset) {
    let rest = offset;
    const walker = document.createTreeWalker(under, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && rest > node.data.length) {
      rest -= node.data.length;
      node = walker.nextNode();
    }
    if (!node) {
      return {left: 0, top: 0};
    }
    const range = document.createRange();
    range.setStart(node, rest);
    range.setEnd(node, rest);
    const at = range.getBoundingClientRect();
    const frame = under.getBoundingClientRect();
    return {left: Math.max(0, at.left - frame.left), top: Math.max(0, at.bottom - frame.top)};
  }

  /* Makes an editor. settings: label, value, changed(), submit(). */
  varuna.editor = settings => {
    editors += 1;
    const id = 'editor-' + editors;
    const under = h('pre', {'aria-hidden': 'true', class: 'under'});
    const area = h('textarea', {id: id, class: 'over', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off',
      rows: 3, 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': id + '-options',
      'aria-describedby': id + '-problem'});
    const help = h('p', {class: 'signature', hidden: true});
    const problem = h('p', {class: 'problem', id: id + '-problem', role: 'status'});
    let wrong = null;

    const choose = option => {
      const found = varuna.words.complete(area.value, area.selectionStart);
      const text = option.text + (option.kind === 'function' ? '(' : '');
      area.value = area.value.slice(0, found.from) + text + area.value.slice(area.selectionStart);
      area.setSelectionRange(found.from + text.length, found.from + text.length);
      options.close();
      changed();
    };
    const options = popup(id + '-options', choose);

    const assist = wanted => {
      const around = varuna.words.around(area.value, area.selectionStart);
      help.hidden = !around;
      varuna.setText(help, around ? around.signature + '  ' + around.doc : '');
      const found = varuna.words.complete(area.value, area.selectionStart);
      if (wanted && found.options.length > 0) {
        const at = caretPlace(under, area.selectionStart);
        options.show(found.options, at.left, at.top);
      } else {
        options.close();
      }
      announce();
    };
    const announce = () => {
      if (options.isOpen()) {
        area.setAttribute('aria-activedescendant', options.currentId());
      } else {
        area.removeAttribute('aria-activedescendant');
      }
    };
    const changed = () => {
      wrong = null;
      paint(under, area.value, null);
      assist(false);
      settings.changed();
    };

    area.addEventListener('input', () => {
      changed();
      assist(/[\w$]$/.test(area.value.slice(0, area.selectionStart)));
    });
    area.addEventListener('click', () => assist(false));
    area.addEventListener('blur', () => {
      options.close();
      announce();
    });
    area.addEventListener('keydown', event => {
      const take = action => {
        event.preventDefault();
        action();
        announce();
      };
      if (event.key === ' ' && event.ctrlKey) {
        take(() => assist(true));
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        take(() => settings.submit && settings.submit());
      } else if (options.isOpen() && event.key === 'ArrowDown') {
        take(() => options.move(1));
      } else if (options.isOpen() && event.key === 'ArrowUp') {
        take(() => options.move(-1));
      } else if (options.isOpen() && (event.key === 'Enter' || event.key === 'Tab')) {
        take(() => choose(options.current()));
      } else if (options.isOpen() && event.key === 'Escape') {
        take(options.close);
      }
    });

    const element = h('div', {class: 'field'}, h('label', {for: id}, settings.label),
      h('div', {class: 'editor'}, under, area, options.element), help, problem);

    const editor = {
      element: element,
      value: () => area.value,
      focus: () => area.focus(),
      set: text => {
        area.value = text;
        wrong = null;
        paint(under, text, null);
      },
      /* Colours anew when the words are known. */
      repaint: () => paint(under, area.value, wrong),
      /* Shows what is wrong, and where; null: nothing is. */
      showProblem: (message, fine) => {
        wrong = message ? place(message, area.value) : null;
        area.setAttribute('aria-invalid', String(Boolean(message)));
        problem.classList.toggle('fine', !message);
        varuna.setText(problem, message ? sentences(message) : fine || '');
        paint(under, area.value, wrong);
      },
    };
    editor.set(settings.value || '');
    return editor;
  };
})(window.varuna);
