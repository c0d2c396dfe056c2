using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// <c>(a, b) IN (SELECT x, y ...)</c>. DuckDB's own test is a hash join, but it answers NULL wherever a NULL is in
/// sight; Trino's answer is false where another part differs.
/// </summary>
internal sealed class RowsIn(TranslationState state, Expression.InQuery test)
{
    public Typed Translate(Typed value, IReadOnlyList<Typed> parts, QueryResult rows, bool isFilter)
    {
        var given = Given(rows);
        var wanted = SqlType.Row([.. given.Select(_ => "")], [.. given.Select(item => item.Type)]);
        if (value.Type.Kind != TypeKind.Row || parts.Count != given.Count)
        {
            throw SqlErrors.TypeMismatch(
                test.Position,
                $"value and result of subquery must be of the same type for IN expression: {value.Type} vs {wanted}");
        }

        var types = parts.Zip(
            given, (part, item) => Operators.Comparable(test.Position, "IN", part.Type, item.Type)).ToList();
        var left = parts.Zip(types, DuckText.Coerce).ToList();
        var alias = state.NewName("r");
        var names = types.Select((_, i) => $"c{i}").ToList();
        var items = given.Zip(types, DuckText.Coerce).Select((sql, i) => $"{sql} AS {names[i]}");
        var source = $"(SELECT {string.Join(", ", items)} FROM ({rows.Sql}) AS q) AS {alias}";
        var columns = names.Select(name => $"{alias}.{name}").ToList();
        var equal = string.Join(" AND ", types.Select((type, i) => Equal(left[i], columns[i], type)));
        var isPlain = types.TrueForAll(type => !Comparisons.IsNested(type) && type.Kind != TypeKind.TimeWithTimeZone);
        var numbers = string.Concat(
            types.Zip(columns).Where(pair => pair.First.IsFloating).Select(
                (pair, i) => $"{(i == 0 ? " WHERE" : " AND")} isnan({pair.Second}) IS NOT TRUE"));
        var found = isPlain
            ? $"(({string.Join(", ", left)}) IN (SELECT {string.Join(", ", columns)} FROM {source}{numbers}))"
            : $"EXISTS (SELECT 1 FROM {source} WHERE {equal})";
        if (isFilter)
        {
            return new Typed(found, SqlType.Boolean);
        }

        // Two tests: rows with a NULL are few, and so are values with one. A nested part may have one inside.
        string Open(IEnumerable<string> side) =>
            $"EXISTS (SELECT 1 FROM {source} WHERE ({string.Join(" OR ", side.Select(sql => $"{sql} IS NULL"))}) "
                + $"AND ({equal}) IS NOT FALSE)";
        var open = isPlain
            ? $"{Open(columns)} OR {Open(left)}"
            : $"EXISTS (SELECT 1 FROM {source} WHERE ({equal}) IS NOT FALSE)";
        return new Typed(
            $"(CASE WHEN {found} THEN true WHEN {open} THEN NULL ELSE false END)", SqlType.Boolean);
    }

    /// <summary>The query's columns, or the fields of its one column.</summary>
    private List<Typed> Given(QueryResult rows)
    {
        var columns = rows.Columns.Select(column => new Typed(
            $"q.{column.Sql}", RelationTranslator.RequireType(column, test.Position))).ToList();
        return columns is [{ Type.Kind: TypeKind.Row } row]
            ? [.. row.Type.Arguments.Select((_, i) => DuckText.Field(row, i))]
            : columns;
    }

    private string Equal(string left, string right, SqlType type) =>
        new Comparisons(state).Compare("=", new Typed(left, type), new Typed(right, type));
}
