'use strict';

/* What the console asks and says. */
(function (varuna) {
  const h = varuna.h;
  const SHOWN = 6000;

  /* Says that something was done. */
  varuna.notify = text => {
    const notice = h('p', {class: 'notice'}, text);
    document.getElementById('notices').appendChild(notice);
    setTimeout(() => notice.remove(), SHOWN);
  };

  /* Says why something was not done, until it is closed. */
  varuna.report = failure => {
    const notice = h('div', {class: 'notice failure', role: 'alert'}, h('pre', {}, failure.message || String(failure)));
    notice.appendChild(varuna.button('Close', () => notice.remove(), {class: 'quiet'}));
    document.getElementById('notices').appendChild(notice);
  };

  /* Shows a dialog; `buttons` close it. Escape closes it too. */
  varuna.dialog = (title, content, buttons) => {
    const dialog = h('dialog', {'aria-labelledby': 'dialog-title'},
      h('h2', {id: 'dialog-title'}, title), h('div', {class: 'dialog-content'}, content));
    dialog.appendChild(h('div', {class: 'buttons'}, buttons.map(button =>
      varuna.button(button.label, () => {
        dialog.close();
        dialog.remove();
        if (button.action) {
          button.action();
        }
      }, {class: button.class || 'quiet'}))));
    dialog.addEventListener('cancel', () => dialog.remove());
    document.body.appendChild(dialog);
    dialog.showModal();
    return dialog;
  };

  /* Asks before something that cannot be undone, saying what it does. */
  varuna.confirm = (title, content, label, action) => varuna.dialog(title, content, [
    {label: 'Cancel'},
    {label: label, class: 'danger', action: action},
  ]);

  /* What a change of a plugin would do, or has done, to rules. */
  varuna.impact = change => {
    const parts = [];
    if (change.rules.length === 0) {
      parts.push(h('p', {}, 'No rule uses it.'));
    } else {
      parts.push(varuna.table('Rules', ['Rule', 'Reaction', 'What happens'], h('tbody', {}, change.rules.map(rule =>
        h('tr', {}, h('td', {}, rule.rule), h('td', {}, h('span', {class: 'badge plain'}, rule.reaction)),
          h('td', {}, rule.message))))));
    }
    if (change.remarks.length > 0) {
      parts.push(h('ul', {}, change.remarks.map(remark => h('li', {}, remark))));
    }
    return h('div', {class: 'impact'}, parts);
  };
})(window.varuna);
