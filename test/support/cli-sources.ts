import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** A file of TypeScript and what can be told of it without its neighbours. */
export interface SourceUnit {
  /** Relative to the root of the sources. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
  /** What it imports, statically, by `import()`, or by exporting it again. */
  readonly imports: readonly string[]
  /** The names that it declares, and whether a docstring stands above them. */
  readonly documented: ReadonlyMap<string, boolean>
}

/** Reads a file of the sources. */
export function sourceOf(root: string, path: string): SourceUnit {
  const text = readFileSync(join(root, path), 'utf8')
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  return { path, text, tree, imports: importsOf(tree), documented: new Map(tree.statements.flatMap(declarationsOf)) }
}

function importsOf(tree: ts.SourceFile): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const target =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined
    if (target !== undefined) found.push(ts.isStringLiteral(target) ? target.text : target.getText())
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function declarationsOf(statement: ts.Statement): readonly (readonly [string, boolean])[] {
  const documented = ts
    .getJSDocCommentsAndTags(statement)
    .some((comment) => ts.isJSDoc(comment) && comment.comment !== '')
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => [name.getText(), documented] as const)
  }
  const named =
    ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
  return named && statement.name !== undefined ? [[statement.name.text, documented]] : []
}

/** The names that a file exports again, each with the file that it comes from. */
export function exportedNames({ path, tree }: SourceUnit): readonly { readonly name: string; readonly from: string }[] {
  return tree.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return []
    const { moduleSpecifier, exportClause } = statement
    if (moduleSpecifier === undefined || exportClause === undefined || !ts.isNamedExports(exportClause)) {
      throw new Error(`${path} exports names that it does not list: ${statement.getText()}`)
    }
    const from = join(dirname(path), (moduleSpecifier as ts.StringLiteral).text).replace(/js$/, 'ts')
    return exportClause.elements.map(({ name, propertyName }) => ({ name: (propertyName ?? name).text, from }))
  })
}
