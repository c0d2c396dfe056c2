using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// FROM: tables, derived tables, UNNEST and joins. Each relation gets a name of its own in the printed text.
/// </summary>
internal sealed class RelationTranslator(
    TranslationState state, QueryTranslator queries, ExpressionTranslator expressions)
{
    /// <summary>The column's type, or the error that says why SQL cannot use it.</summary>
    public static SqlType RequireType(OutputColumn column, SqlPosition position) =>
        column.Type ?? throw SqlErrors.Unsupported(
            position, $"column '{column.Name}' has type '{column.Declared}', which is not supported");

    public FromClause TranslateFrom(IReadOnlyList<Relation> relations, Scope outer)
    {
        var from = FromClause.Empty;
        foreach (var relation in relations)
        {
            from = from.Sql.Length == 0
                ? Translate(relation, outer, FromClause.Empty)
                : Cross(from, Translate(relation, outer, from));
        }

        return from;
    }

    private FromClause Translate(Relation relation, Scope outer, FromClause left) => relation switch
    {
        Relation.Table table => TranslateTable(table, outer, null, []),
        Relation.Derived derived => TranslateDerived(derived, outer, null, []),
        Relation.Unnest unnest => TranslateUnnest(unnest, outer, left, null, []),
        Relation.Aliased { Inner: Relation.Table table } aliased =>
            TranslateTable(table, outer, aliased.Alias, aliased.Columns),
        Relation.Aliased { Inner: Relation.Derived derived } aliased =>
            TranslateDerived(derived, outer, aliased.Alias, aliased.Columns),
        Relation.Aliased { Inner: Relation.Unnest unnest } aliased =>
            TranslateUnnest(unnest, outer, left, aliased.Alias, aliased.Columns),
        Relation.Aliased { Inner: Relation.Lateral lateral } aliased =>
            TranslateLateral(lateral, outer, left, aliased.Alias, aliased.Columns),
        Relation.Aliased aliased => TranslateAliasedJoin(aliased, outer, left),
        Relation.Lateral lateral => TranslateLateral(lateral, outer, left, null, []),
        Relation.Sample sample => TranslateSample(sample, outer, left),
        Relation.Join join => TranslateJoin(join, outer, left),
        _ => throw new InvalidOperationException($"no translation of {relation.GetType().Name}"),
    };

    private FromClause TranslateAliasedJoin(Relation.Aliased aliased, Scope outer, FromClause left)
    {
        var inner = Translate(aliased.Inner, outer, left);
        var columns = QueryTranslator.Rename(inner.Star, aliased.Columns, aliased.Alias);
        return new FromClause(inner.Sql, [new Source(null, aliased.Alias.Text, columns)], columns);
    }

    private static FromClause Cross(FromClause left, FromClause right) => new(
        $"{left.Sql} CROSS JOIN {right.Sql}", [.. left.Sources, .. right.Sources], [.. left.Star, .. right.Star]);

    private static FromClause Single(
        string sql,
        string alias,
        Identifier? name,
        IReadOnlyList<Identifier> names,
        IReadOnlyList<OutputColumn> columns)
    {
        if (name is not null)
        {
            columns = QueryTranslator.Rename(columns, names, name);
        }

        return new FromClause($"{sql} AS {alias}", [new Source(null, name?.Text, columns)], columns);
    }

    private FromClause TranslateTable(
        Relation.Table table, Scope outer, Identifier? name, IReadOnlyList<Identifier> names)
    {
        var alias = state.NewName("r");
        if (table.Parts.Count == 1 && outer.Tables.Find(table.Parts[0].Text) is { } common)
        {
            // Other mentions share its rows: a condition here may not keep any from them.
            var offered = QueryTranslator.Qualify(
                alias, [.. common.Columns.Select(column => column with { Origin = null })]);
            return Single(common.Alias, alias, name ?? table.Parts[0], names, offered);
        }

        var text = string.Join('.', table.Parts.Select(part => part.Text.ToLowerInvariant()));
        var schema = state.Resolve(table) ?? throw SqlErrors.TableNotFound(table.Position, text, null);
        if (schema.View is { } view)
        {
            var (sql, shown) = new ViewTranslator(queries).Translate(view, table.Position, alias);
            return name is not null
                ? Single($"({sql})", alias, name, names, shown)
                : new FromClause($"({sql}) AS {alias}", [new Source(schema.Database, schema.Name, shown)], shown);
        }

        var scan = new TableScan(state.NewName("s"), schema, table.Position);
        state.Scans.Add(scan);
        OutputColumn Column(string column, SqlType? type, string declared)
        {
            var use = new ColumnUse(scan, column);
            return new OutputColumn(column, $"{alias}.{DuckText.Name(column)}", type, [use])
            {
                Origin = use,
                Declared = declared,
            };
        }

        IReadOnlyList<OutputColumn> columns =
            [.. schema.Columns.Select(column => Column(column.Name, column.Type, column.Declared))];
        columns = name is null ? columns : QueryTranslator.Rename(columns, names, name);
        var source = new Source(name is null ? schema.Database : null, name?.Text ?? schema.Name, columns)
        {
            Hidden = [.. schema.Hidden.Select(column => Column(column.Name, column.Type, ""))],
        };
        return new FromClause($"{scan.Alias} AS {alias}", [source], columns);
    }

    private FromClause TranslateDerived(
        Relation.Derived derived, Scope outer, Identifier? name, IReadOnlyList<Identifier> names)
    {
        var alias = state.NewName("r");
        var result = queries.Translate(derived.Query, new Scope(FromClause.Empty, null) { Tables = outer.Tables });
        return Single($"({result.Sql})", alias, name, names, QueryTranslator.Qualify(alias, result.Columns));
    }

    private FromClause TranslateLateral(
        Relation.Lateral lateral,
        Scope outer,
        FromClause left,
        Identifier? name,
        IReadOnlyList<Identifier> names)
    {
        var alias = state.NewName("r");
        var result = queries.Translate(lateral.Query, new Scope(left, outer));
        return Single($"LATERAL ({result.Sql})", alias, name, names, QueryTranslator.Qualify(alias, result.Columns));
    }

    /// <summary>Each row by itself is taken or left, with SYSTEM too: tables of files have no better unit.</summary>
    private FromClause TranslateSample(Relation.Sample sample, Scope outer, FromClause left)
    {
        if (sample.Inner is Relation.Join or Relation.Aliased { Inner: Relation.Join })
        {
            throw SqlErrors.Unsupported(
                sample.Position, "TABLESAMPLE of a join is not supported", "sample the tables that it joins");
        }

        if (sample.Percentage is not Expression.Literal { Type.IsNumeric: true, Text: { } text })
        {
            throw SqlErrors.Unsupported(sample.Percentage.Position, "TABLESAMPLE takes a literal number of percent");
        }

        var percent = double.Parse(text, CultureInfo.InvariantCulture);
        if (percent is not (>= 0 and <= 100))
        {
            throw SqlErrors.Invalid(
                "NUMERIC_VALUE_OUT_OF_RANGE",
                sample.Percentage.Position,
                "Sample percentage must be between 0 and 100, inclusive");
        }

        var inner = Translate(sample.Inner, outer, left);
        var alias = inner.Sql[(inner.Sql.LastIndexOf(' ') + 1)..];
        var isLateral = inner.Sql.StartsWith("LATERAL ", StringComparison.Ordinal);
        var source = isLateral ? inner.Sql["LATERAL ".Length..] : inner.Sql;
        var share = percent.ToString("R", CultureInfo.InvariantCulture);
        return inner with
        {
            Sql = $"{(isLateral ? "LATERAL " : "")}(SELECT * FROM {source} USING SAMPLE {share} PERCENT (bernoulli)) "
                + $"AS {alias}",
        };
    }

    private FromClause TranslateUnnest(
        Relation.Unnest unnest, Scope outer, FromClause left, Identifier? name, IReadOnlyList<Identifier> names)
    {
        var scope = new Scope(left, outer);
        var alias = state.NewName("r");
        var inner = state.NewName("r");
        var lists = new List<string>();
        var columns = new List<(string Sql, SqlType Type)>();
        var values = unnest.Values.Select(value => expressions.Translate(value, scope)).ToList();
        var bound = "";
        if (unnest.WithOrdinality && values.Exists(value => Once.IsNeeded(value.Sql)))
        {
            // The numbers go by the sizes of the same arrays.
            var source = state.NewName("r");
            var arrays = values.Select((value, i) => $"{value.Sql} AS l{i}");
            bound = $" FROM (SELECT {string.Join(", ", arrays)}) AS {source}";
            values = [.. values.Select((value, i) => value with { Sql = $"{source}.l{i}" })];
        }

        foreach (var (value, typed) in unnest.Values.Zip(values))
        {
            var list = $"u{lists.Count}";
            switch (typed.Type.Kind)
            {
                case TypeKind.Array when typed.Type.Arguments[0] is { Kind: TypeKind.Row } row:
                    lists.Add($"unnest({typed.Sql}) AS {list}");
                    columns.AddRange(row.Arguments.Select(
                        (type, i) => ($"{inner}.{list}.{DuckText.Name(row.FieldKey(i))}", type)));
                    break;
                case TypeKind.Array:
                    lists.Add($"unnest({typed.Sql}) AS {list}");
                    columns.Add(($"{inner}.{list}", typed.Type.Arguments[0]));
                    break;
                case TypeKind.Map:
                    lists.Add($"unnest(map_entries({typed.Sql})) AS {list}");
                    columns.Add(($"{inner}.{list}.key", typed.Type.Arguments[0]));
                    columns.Add(($"{inner}.{list}.value", typed.Type.Arguments[1]));
                    break;
                default:
                    throw SqlErrors.TypeMismatch(value.Position, $"Cannot unnest type: {typed.Type}");
            }
        }

        if (unnest.WithOrdinality)
        {
            var sizes = values.Select(value =>
            {
                var size = value.Type.Kind == TypeKind.Map ? "cardinality" : "len";
                return $"coalesce(CAST({size}({value.Sql}) AS BIGINT), 0)";
            });
            lists.Add($"unnest(range(1, greatest({string.Join(", ", sizes)}) + 1)) AS o");
            columns.Add(($"{inner}.o", SqlType.BigInt));
        }

        var items = columns.Select((column, i) => $"{column.Sql} AS c{i}");
        var sql = $"LATERAL (SELECT {string.Join(", ", items)} "
            + $"FROM (SELECT {string.Join(", ", lists)}{bound}) AS {inner})";
        IReadOnlyList<OutputColumn> offered =
            [.. columns.Select((column, i) => new OutputColumn(null, $"{alias}.c{i}", column.Type, []))];
        return Single(sql, alias, name, names, offered);
    }

    private FromClause TranslateJoin(Relation.Join join, Scope outer, FromClause before)
    {
        var left = Translate(join.Left, outer, before);
        CheckSideways(join);
        var visible = new FromClause("", [.. before.Sources, .. left.Sources], [.. before.Star, .. left.Star]);
        var right = Translate(join.Right, outer, visible);
        if (join.Kind == "CROSS")
        {
            return Cross(left, right);
        }

        var rightText = join.Right is Relation.Join ? $"({right.Sql})" : right.Sql;
        var joined = new FromClause(
            $"{left.Sql} {join.Kind} JOIN {rightText}", [
                .. left.Sources, .. right.Sources], [.. left.Star, .. right.Star]);
        if (join.On is not null)
        {
            GroupingCheck.CheckScalar(join.On, "JOIN clause");
            var condition = expressions.TranslateFilter(join.On, new Scope(joined, outer), "JOIN ON");
            return joined with { Sql = $"{joined.Sql} ON {condition}" };
        }

        return TranslateUsing(join, left, right, joined);
    }

    /// <summary>What reads the left side can be joined by CROSS, INNER and LEFT only.</summary>
    private static void CheckSideways(Relation.Join join)
    {
        var right = join.Right is Relation.Aliased aliased ? aliased.Inner : join.Right;
        var what = right is Relation.Unnest ? "UNNEST" : right is Relation.Lateral ? "LATERAL" : null;
        if (what is null || join.Kind == "CROSS")
        {
            return;
        }

        if (join.Kind is "RIGHT" or "FULL")
        {
            throw SqlErrors.Unsupported(
                join.Position,
                $"{what} in {join.Kind} JOIN is not supported",
                $"use LEFT JOIN {what}(...) ON TRUE or CROSS JOIN");
        }

        if (join.On is not Expression.Literal { Text: "true" })
        {
            throw SqlErrors.Unsupported(
                join.Position, $"{join.Kind} JOIN involving {what} is only supported with condition ON TRUE");
        }
    }

    private FromClause TranslateUsing(Relation.Join join, FromClause left, FromClause right, FromClause joined)
    {
        var merged = new List<OutputColumn>();
        var conditions = new List<string>();
        var hidden = new HashSet<OutputColumn>();
        foreach (var name in join.Using)
        {
            var reference = new Expression.Reference(name.Position, [name]);
            var a = new Scope(left, null).Resolve(reference).Column;
            var b = new Scope(right, null).Resolve(reference).Column;
            var (typeA, typeB) = (RequireType(a, name.Position), RequireType(b, name.Position));
            var type = Coercion.Common(typeA, typeB) ?? throw SqlErrors.TypeMismatch(
                name.Position, $"Column '{name.Text}' has incompatible types in USING: {typeA}, {typeB}");
            var (textA, textB) = (
                DuckText.Coerce(new Typed(a.Sql, typeA), type), DuckText.Coerce(new Typed(b.Sql, typeB), type));
            conditions.Add(
                Comparisons.JoinKey("=", new Typed(textA, type), new Typed(textB, type)) ?? $"{textA} = {textB}");
            IReadOnlyList<ColumnUse> uses = [.. a.Uses, .. b.Uses];
            state.Uses.UnionWith(uses);
            var text = join.Kind switch
            {
                "RIGHT" => textB,
                "FULL" => $"coalesce({textA}, {textB})",
                _ => textA,
            };
            merged.Add(
                new OutputColumn(name.Text, text, type, uses) { Origin = join.Kind == "INNER" ? a.Origin : null });
            hidden.Add(a);
            hidden.Add(b);
        }

        return new FromClause(
            $"{joined.Sql} ON {string.Join(" AND ", conditions)}",
            joined.Sources,
            [.. merged, .. joined.Star.Where(column => !hidden.Contains(column))]);
    }
}
