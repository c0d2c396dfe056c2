using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// What names stand for over a join whose rows are one table: <c>u.name</c> and <c>name</c> are that table's column, by
/// SQL's rules.
/// </summary>
internal sealed class JoinedNames(IReadOnlyList<JoinedColumn> columns)
{
    private static readonly HashSet<string> NoAliases = [];

    public IReadOnlyList<JoinedColumn> Columns { get; } = columns;

    /// <summary>The columns of a relation as a side of a join.</summary>
    public static List<JoinedColumn> Of(RecordRelation relation, string side) =>
        [.. (relation.Names?.Columns ?? [.. relation.Columns.Select(column =>
                new JoinedColumn(relation.Alias, column.Name, side, column.Name, column.Type))])
            .Select(column => column with { Side = side, InSide = column.Merged })];

    /// <summary>The names over two sides; those of the first stay as they are.</summary>
    /// <param name="shared">Columns that USING names.</param>
    public static JoinedNames Join(
        IReadOnlyList<JoinedColumn> first, IReadOnlyList<JoinedColumn> second, IReadOnlySet<string> shared)
    {
        if (second.FirstOrDefault(column => first.Any(other => Is(other.Alias, column.Alias))) is { } twice)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"the name '{twice.Alias}' stands for two of the joined tables",
                hint: "give one an alias");
        }

        var taken = first.Select(column => column.Merged).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new JoinedNames([.. first, .. second.Select(column => column with
        {
            Merged = NewName(column, taken), IsHidden = shared.Contains(column.Name),
        })]);
    }

    /// <summary>The column that a reference means; null: none.</summary>
    public JoinedColumn? FindColumn(JsonNode reference) =>
        Find([.. reference["column_names"]!.AsArray().Select(name => name!.GetValue<string>())], NoAliases);

    /// <summary>The joined table's names of what the view calls by these.</summary>
    public IReadOnlySet<string>? Merge(IReadOnlySet<string>? wanted) => wanted is null ? null : Columns
        .Where(column => wanted.Contains(column.Name))
        .Select(column => column.Merged)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives every column of a SELECT over the join its name in the joined table; results keep theirs.
    /// </summary>
    public void Rewrite(JsonObject select)
    {
        var aliases = select["select_list"]!.AsArray()
            .Select(item => QueryTree.Text(item!, "alias")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var items = new JsonArray();
        foreach (var item in select["select_list"]!.AsArray().SelectMany(item => Expand(item!.AsObject())))
        {
            var rewritten = RewriteExpression(item, aliases)!;
            if (ExpressionTree.Class(item) == "COLUMN_REF" && QueryTree.Text(item, "alias").Length == 0)
            {
                rewritten["alias"] = item["column_names"]!.AsArray()[^1]!.GetValue<string>();
            }

            items.Add(rewritten);
        }

        select["select_list"] = items;
        foreach (var part in new[] { "where_clause", "group_expressions", "having", "qualify", "modifiers" })
        {
            select[part] = RewriteExpression(select[part], aliases);
        }
    }

    /// <summary>An expression of the join's own condition, over its two sides.</summary>
    public JsonNode RewriteCondition(JsonNode condition) =>
        Rewrite(condition, NoAliases, column => new JsonArray(column.Side, column.InSide))!;

    /// <summary>The column that USING means on this side.</summary>
    public JoinedColumn FindOne(string name) => Find([name], NoAliases) ?? throw new TarnException(
        ErrorKind.Invalid, $"USING ({name}): there is no such column",
        hint: Suggestion.Hint(name, Columns.Select(column => column.Name)));

    private JsonNode? RewriteExpression(JsonNode? node, IReadOnlySet<string> aliases) =>
        Rewrite(node, aliases, column => new JsonArray(column.Merged));

    private JsonNode? Rewrite(
        JsonNode? root, IReadOnlySet<string> aliases, Func<JoinedColumn, JsonArray> reference) =>
        ExpressionTree.Rewrite(root, node =>
        {
            switch (ExpressionTree.Class(node))
            {
                case "SUBQUERY":
                    // It has names of its own; what it is compared with is of this SELECT.
                    var subquery = node.DeepClone();
                    subquery["child"] = Rewrite(node["child"], aliases, reference);
                    return subquery;
                case "COLUMN_REF":
                    var names = node["column_names"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
                    if (Find(names, aliases) is not { } column)
                    {
                        return null;
                    }

                    var found = node.DeepClone();
                    found["column_names"] = reference(column);
                    return found;
                default:
                    return null;
            }
        });

    /// <summary>Null when the name stands for something else, such as an alias of the SELECT.</summary>
    private JoinedColumn? Find(List<string> names, IReadOnlySet<string> aliases)
    {
        if (names.Count == 1)
        {
            var found = Columns.Where(column => !column.IsHidden && Is(column.Name, names[0])).ToList();
            return found.Count < 2 ? found.FirstOrDefault() : aliases.Contains(names[0]) ? null
                : throw new TarnException(
                    ErrorKind.Invalid, $"column '{names[0]}' stands in more than one of the joined tables",
                    hint: "write " + string.Join(" or ", found.Select(column => $"{column.Alias}.{column.Name}")));
        }

        var side = Columns.Where(column => Is(column.Alias, names[^2])).ToList();
        return side.Count == 0 ? null : side.Find(column => Is(column.Name, names[^1])) ?? throw new TarnException(
            ErrorKind.Invalid, $"'{names[^2]}' has no column '{names[^1]}'",
            hint: Suggestion.Hint(names[^1], side.Select(column => column.Name)));
    }

    /// <summary>The columns that a star stands for; anything else as it is.</summary>
    private IEnumerable<JsonObject> Expand(JsonObject item)
    {
        if (ExpressionTree.Class(item) != "STAR")
        {
            return [item];
        }

        var parts = new[] { "exclude_list", "replace_list", "qualified_exclude_list", "rename_list" };
        if (parts.Any(part => item[part] is JsonArray { Count: > 0 }) || item["columns"]!.GetValue<bool>())
        {
            throw QueryTree.Refused("* with EXCLUDE, REPLACE or RENAME over a join is not supported in a view",
                "name the columns");
        }

        var alias = QueryTree.Text(item, "relation_name");
        return Columns
            .Where(column => alias.Length == 0 ? !column.IsHidden : Is(column.Alias, alias))
            .Select(column =>
            {
                var reference = ExpressionTree.ColumnRef(column.Name);
                reference["column_names"] = new JsonArray(column.Alias, column.Name);
                return reference;
            });
    }

    private static string NewName(JoinedColumn column, HashSet<string> taken)
    {
        var name = column.Name;
        for (var i = 1; !taken.Add(name); i++)
        {
            name = string.Create(
                CultureInfo.InvariantCulture, $"{column.Alias}_{column.Name}{(i > 1 ? $"_{i}" : "")}");
        }

        return name;
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
