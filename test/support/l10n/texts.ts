/** The texts for people in a source file: what say`…`, phrase`…` and vscode.l10n.t('…') are given, and what looks like prose and is not. */
import { type Expression, parseSync, type StringLiteral, type TemplateLiteral, Visitor } from 'oxc-parser';

export interface SourceText {
  /** The English text, with {0}, {1} … for what is filled in. */
  readonly key: string;
  readonly line: number;
  /** Places that only make number and verb agree in English ("is" or "are"): no translation names them. */
  readonly agreements: ReadonlySet<number>;
}

export interface SourceTexts {
  readonly texts: readonly SourceText[];
  /** One line each, with the line number. */
  readonly faults: readonly string[];
}

const TAGS = new Set(['say', 'phrase']);
/** Calls that hand a callback every element of a list: at the top of a module it runs when the module is loaded. */
const AT_ONCE = /\.(map|flatMap|filter|forEach)$/;
/** Calls whose texts are for developers or machines: names of what is kept, logs, what is searched for. */
const MACHINES =
  /(^|\.)(keep|includes|startsWith|endsWith|indexOf|has|get|set|replace|replaceAll|split|match|test|error|warn|info|debug|trace|executeCommand)$/;
const BUGS = new Set(['Error', 'RangeError', 'TypeError', 'UnexpectedOutput', 'RegExp', 'URL']);
/** The beginnings of command lines and scripts. */
const COMMAND = /^(virsh|virtlint:|virt-sysprep|ssh|echo|exec|connect|error:|#!)/;
/** Properties that hold XML, names or commands. */
const DATA = new Set(['key', 'xml', 'newText', 'live', 'command', 'id', 'needs', 'when', 'styles', 'body']);

type Text = StringLiteral | TemplateLiteral;

/** @param file only its ending counts */
export function textsOf(file: string, source: string): SourceTexts {
  const texts: SourceText[] = [];
  const faults: string[] = [];
  const settled = new Set<unknown>();
  const callbacks = new Set<unknown>();
  let depth = 0;
  const lineOf = (offset: number): number => source.slice(0, offset).split('\n').length;
  const code = ({ start, end }: { start: number; end: number }): string => source.slice(start, end);
  const enter = (node: unknown): void => {
    if (!callbacks.has(node)) depth += 1;
  };
  const leave = (node: unknown): void => {
    if (!callbacks.has(node)) depth -= 1;
  };
  const add = (key: string, at: number, agreements: readonly number[] = []): void => {
    if (key !== '') texts.push({ key, line: lineOf(at), agreements: new Set(agreements) });
  };
  const suspect = (node: Text): void => {
    if (!settled.has(node) && isProse(englishOf(node)))
      faults.push(`${lineOf(node.start)}: say\`…\` or phrase\`…\` is missing: ${code(node).slice(0, 60)}`);
  };
  const { program, errors } = parseSync(file, source);
  for (const { message } of errors) faults.push(`1: cannot be read: ${message}`);
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    PropertyDefinition: enter,
    'PropertyDefinition:exit': leave,
    TaggedTemplateExpression({ tag, quasi, start }) {
      settled.add(quasi);
      if (tag.type !== 'Identifier' || !TAGS.has(tag.name)) return;
      const agreements = quasi.expressions.flatMap((one, index) => (isAgreement(one) ? [index] : []));
      add(englishOf(quasi), start, agreements);
      if (tag.name === 'say' && depth === 0)
        faults.push(`${lineOf(start)}: say\`…\` when the module is loaded knows no language; phrase\`…\` waits`);
      for (const [index, one] of quasi.expressions.entries()) {
        // In quotes it is a name or a value.
        if (/[`'"=<@]$/.test(quasi.quasis[index]?.value.cooked ?? '')) continue;
        for (const word of fragments(one)) faults.push(`${lineOf(start)}: the fragment ${code(word)} is not said`);
      }
    },
    CallExpression({ callee, arguments: given, start }) {
      const name = code(callee);
      const [first] = given;
      if (name === 'vscode.l10n.t' || name === 't') {
        if (first && isText(first)) {
          settled.add(first);
          if (first.type === 'TemplateLiteral' && first.expressions.length > 0)
            faults.push(`${lineOf(first.start)}: vscode.l10n.t takes a plain text, with {0} for what is filled in`);
          add(englishOf(first), first.start);
        }
      }
      if (/\.join$/.test(name) && first && isText(first) && /[a-z]/.test(englishOf(first)) && first.type === 'Literal')
        faults.push(`${lineOf(start)}: what joins is a text too: ${code(first)}`);
      if (MACHINES.test(name)) for (const one of given) settled.add(one);
      if (AT_ONCE.test(name) && depth === 0) for (const one of given) callbacks.add(one);
    },
    NewExpression({ callee, arguments: [first] }) {
      if (BUGS.has(code(callee))) settled.add(first);
      if (code(callee) === 'Set' && first?.type === 'ArrayExpression')
        for (const one of first.elements) settled.add(one);
    },
    MemberExpression({ object, property }) {
      // A list of names that is written in one text.
      if (property.type === 'Identifier' && property.name === 'split') settled.add(object);
    },
    BinaryExpression({ operator, left, right }) {
      if (!/[=<>]/.test(operator)) return;
      settled.add(left);
      settled.add(right);
    },
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && /styles$/i.test(id.name)) settled.add(init);
    },
    SwitchCase: ({ test }) => void settled.add(test),
    Property({ key, value }) {
      settled.add(key);
      if (key.type === 'Identifier' && DATA.has(key.name)) settled.add(value);
    },
    ImportDeclaration: ({ source: from }) => void settled.add(from),
    ExportNamedDeclaration: ({ source: from }) => void settled.add(from),
    TSLiteralType: ({ literal }) => void settled.add(literal),
    ExpressionStatement: ({ expression }) => void settled.add(expression),
    Literal(node) {
      if (isText(node)) suspect(node);
    },
    TemplateLiteral: suspect,
  }).visit(program);
  return { texts, faults };
}

function isText(node: { readonly type: string }): node is Text {
  return (
    node.type === 'TemplateLiteral' || (node.type === 'Literal' && 'value' in node && typeof node.value === 'string')
  );
}

function englishOf(node: Text): string {
  if (node.type === 'Literal') return node.value;
  return node.quasis
    .map(({ value }) => value.cooked ?? '')
    .reduce((text, part, index) => `${text}{${index - 1}}${part}`);
}

/** Takes out what is no English: code in backquotes, tags, attributes with their values. */
function withoutCode(text: string): string {
  return text
    .replace(/`[^`]*`/g, '')
    .replace(/<[/?]?[A-Za-z][^<>]*(>|$)/g, '')
    .replace(/[\w:-]*=("[^"]*"|'[^']*')/g, '');
}

/** Two words that follow each other. */
function isProse(text: string): boolean {
  return (
    /[A-Za-z'’)`>]{2,}[,;:.]? ["'A-Za-z`<(]|[a-z]{2} \{/.test(text) &&
    /[A-Za-z]{2,}/.test(withoutCode(text)) &&
    !COMMAND.test(text) &&
    !/^<[\s\S]*>$/.test(text.trim())
  );
}

/** `n === 1 ? 'is' : 'are'`, `n === 1 ? '' : 's'`: of no meaning in a language that does not inflect. */
function isAgreement(node: Expression): boolean {
  return node.type === 'ConditionalExpression' && [node.consequent, node.alternate].every(isInflection);
}

function isInflection(node: Expression): boolean {
  return node.type === 'Literal' && typeof node.value === 'string' && /^([a-z]*|IOThreads?|vCPUs?)$/.test(node.value);
}

/** Literals with words in what is filled in, other than an inflection. */
function fragments(node: Expression): Text[] {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return fragments(node.expression);
    case 'LogicalExpression':
      return [...fragments(node.left), ...fragments(node.right)];
    case 'ConditionalExpression':
      return isAgreement(node) ? [] : [...fragments(node.consequent), ...fragments(node.alternate)];
    case 'Literal':
    case 'TemplateLiteral':
      return isText(node) && /[a-z]{3,}/.test(withoutCode(englishOf(node).replace(/\{\d+\}/g, ''))) ? [node] : [];
    default:
      return [];
  }
}
