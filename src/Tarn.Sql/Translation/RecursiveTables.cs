using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// WITH RECURSIVE. A recursive query is anchor UNION ALL step; each of its rows bears the number of steps that made it,
/// so that a query that does not end fails where Athena's does.
/// </summary>
internal sealed class RecursiveTables(TranslationState state, QueryTranslator queries)
{
    /// <summary>Trino's max_recursion_depth.</summary>
    private const int DepthMax = 10;

    private const string Depth = "$depth";

    /// <summary>Null when the table does not name itself.</summary>
    public CommonTables? TryTranslate(CommonTable common, CommonTables tables)
    {
        var name = common.Name.Text;
        if (!TableNames.Contains(common.Query, name))
        {
            return null;
        }

        if (common.Query is not { Body: QueryBody.SetOperation { Operator: "UNION" } union }
            || TableNames.Contains(union.Left, name))
        {
            throw SqlErrors.Syntax(
                common.Name.Position,
                $"recursive reference of '{name}' must be in the right side of UNION ALL",
                "write: name (columns) AS (first query UNION ALL query that reads name)");
        }

        CheckClauses(common, union);
        var anchor = queries.TranslateBody(union.Left, new Scope(FromClause.Empty, null) { Tables = tables });
        var alias = state.NewName("w");
        var columns = QueryTranslator.Rename(anchor.Columns, common.Columns, common.Name);
        var depth = new OutputColumn(Depth, DuckText.Name(Depth), SqlType.Integer, []) { IsHidden = true };
        var inner = tables.With(name, alias, [.. columns, depth]);
        var step = Step((QueryBody.Select)union.Right, name, common);
        var stepResult = queries.TranslateBody(step, new Scope(FromClause.Empty, null) { Tables = inner });
        state.CommonTables.Add($"{alias} AS ({Join(union, anchor, stepResult, columns)})");
        state.Uses.UnionWith(anchor.Columns.Concat(stepResult.Columns).SelectMany(column => column.Uses));
        state.IsRecursive = true;
        return tables.With(name, alias, columns);
    }

    private static void CheckClauses(CommonTable common, QueryBody.SetOperation union)
    {
        if (common.Columns.Count == 0)
        {
            throw SqlErrors.Invalid(
                "MISSING_COLUMN_ALIASES",
                common.Name.Position,
                "missing column aliases in recursive WITH query",
                $"write: {common.Name.Text} (column, ...) AS (...)");
        }

        var query = common.Query;
        var problem = !union.IsAll ? "UNION without ALL"
            : query.With.Count > 0 ? "an inner WITH"
            : query.OrderBy.Count > 0 ? "ORDER BY"
            : query.Offset is not null || query.Limit is not null ? "LIMIT"
            : union.Right is not QueryBody.Select step ? "a step that is no SELECT"
            : step.GroupBy.Count > 0 || step.Having is not null || step.IsDistinct ? "GROUP BY or DISTINCT in the step"
            : null;
        if (problem is not null)
        {
            throw SqlErrors.Unsupported(
                common.Name.Position, $"{problem} of a recursive query is not supported", "use first UNION ALL step");
        }
    }

    /// <summary>The step with the depth of the row that it goes on from.</summary>
    private static QueryBody.Select Step(QueryBody.Select step, string name, CommonTable common)
    {
        var owners = step.From.SelectMany(relation => Owners(relation, name)).ToList();
        if (owners is not [var owner])
        {
            throw SqlErrors.Unsupported(
                common.Name.Position, $"'{name}' must stand once, in FROM, in the step of its recursive query");
        }

        var at = step.Position;
        var depth = new Expression.Reference(at, [new Identifier(at, owner), new Identifier(at, Depth)]);
        return step with { Items = [.. step.Items, new SelectItem(at, depth, null, [])] };
    }

    private static IEnumerable<string> Owners(Relation relation, string name) => relation switch
    {
        Relation.Aliased aliased when TableNames.IsNamed(aliased.Inner, name) && aliased.Columns.Count == 0 =>
            [aliased.Alias.Text],
        Relation.Join join => Owners(join.Left, name).Concat(Owners(join.Right, name)),
        _ when TableNames.IsNamed(relation, name) => [name],
        _ => [],
    };

    private string Join(
        QueryBody.SetOperation union, QueryResult anchor, QueryResult step, IReadOnlyList<OutputColumn> columns)
    {
        if (step.Columns.Count - 1 != columns.Count)
        {
            throw SqlErrors.TypeMismatch(
                union.Position,
                $"UNION query has different number of fields: {columns.Count}, {step.Columns.Count - 1}");
        }

        var (a, b) = (state.NewName("r"), state.NewName("r"));
        var items = step.Columns.Take(columns.Count).Select((column, i) =>
        {
            var (from, to) = (column.Type ?? SqlType.Unknown, columns[i].Type ?? SqlType.Unknown);
            return Coercion.CanCoerce(from, to)
                ? $"{DuckText.Coerce(new Typed($"{b}.{column.Sql}", from), to)} AS {columns[i].Sql}"
                : throw SqlErrors.TypeMismatch(
                    union.Position,
                    $"recursion step relation output type ({from}) is not coercible to recursion base relation "
                        + $"output type ({to}) at column {i + 1}",
                    "CAST the first query's column to the wider type");
        });
        var limit = DuckText.Text(
            $"NOT_SUPPORTED: Recursion depth limit exceeded ({DepthMax}). "
                + "Use 'max_recursion_depth' session property to modify the limit.");
        var depth = $"{b}.{step.Columns[^1].Sql}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {a}.*, 0 AS \"{Depth}\" FROM ({anchor.Sql}) AS {a} UNION ALL SELECT {string.Join(", ", items)}, "
                + $"(CASE WHEN {depth} >= {DepthMax} THEN error({limit}) ELSE {depth} + 1 END) "
                + $"FROM ({step.Sql}) AS {b}");
    }
}
