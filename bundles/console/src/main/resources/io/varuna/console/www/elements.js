'use strict';

/* How pages make elements. A text always becomes a text node, so what a server says is never read as HTML. */
window.varuna = {pages: {}};

(function (varuna) {
  const SVG = 'http://www.w3.org/2000/svg';

  function append(element, children) {
    children.forEach(child => {
      if (Array.isArray(child)) {
        append(element, child);
      } else if (child !== null && child !== undefined && child !== false) {
        element.appendChild(child.nodeType ? child : document.createTextNode(String(child)));
      }
    });
  }

  function decorate(element, attributes) {
    Object.keys(attributes).forEach(name => {
      const value = attributes[name];
      if (name === 'on') {
        Object.keys(value).forEach(event => element.addEventListener(event, value[event]));
      } else if (value === true) {
        element.setAttribute(name, '');
      } else if (value !== false && value !== null && value !== undefined) {
        element.setAttribute(name, String(value));
      }
    });
  }

  function make(element, attributes, children) {
    decorate(element, attributes || {});
    append(element, children);
    return element;
  }

  /* h('a', {href: '#/rules', on: {click: go}}, 'Rules', [more, children]) */
  varuna.h = (tag, attributes, ...children) => make(document.createElement(tag), attributes, children);

  varuna.s = (tag, attributes, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

  varuna.replace = (element, ...children) => {
    element.textContent = '';
    append(element, children);
    return element;
  };

  /* Sets a text only where it differs: a screen reader hears of it, and a selection lives, otherwise. */
  varuna.setText = (element, text) => {
    const wanted = String(text);
    if (element.textContent !== wanted) {
      element.textContent = wanted;
    }
  };

  varuna.button = (label, action, attributes) =>
    varuna.h('button', Object.assign({type: 'button', on: {click: action}}, attributes), label);

  let ids = 0;

  /* A control with its label above and its explanation below. */
  varuna.field = (label, control, hint) => {
    ids += 1;
    control.id = control.id || 'field-' + ids;
    const parts = [varuna.h('label', {for: control.id}, label), control];
    if (hint) {
      control.setAttribute('aria-describedby', control.id + '-hint');
      parts.push(varuna.h('p', {class: 'hint', id: control.id + '-hint'}, hint));
    }
    return varuna.h('div', {class: 'field'}, parts);
  };

  varuna.select = (options, attributes) => varuna.h('select', attributes || {},
    options.map(option => varuna.h('option', {value: option}, option)));

  /* A table with a row for each element of a list, kept by key: what has the focus keeps it while figures change. */
  varuna.keyedRows = (body, key, create) => {
    const rows = new Map();
    return list => {
      const seen = new Set();
      list.forEach((element, index) => {
        const id = key(element);
        seen.add(id);
        if (!rows.has(id)) {
          rows.set(id, create(element));
        }
        const row = rows.get(id);
        row.update(element);
        if (body.children[index] !== row.element) {
          body.insertBefore(row.element, body.children[index] || null);
        }
      });
      Array.from(rows.keys()).filter(id => !seen.has(id)).forEach(id => {
        body.removeChild(rows.get(id).element);
        rows.delete(id);
      });
    };
  };

  varuna.table = (caption, titles, body, className) => varuna.h('div',
    {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption},
    varuna.h('table', {class: className},
      varuna.h('caption', {class: 'unseen'}, caption),
      varuna.h('thead', {}, varuna.h('tr', {}, titles.map(title => varuna.h('th',
        {scope: 'col', class: title.number ? 'number' : null}, title.number || title.text || title)))),
      body));
})(window.varuna);
