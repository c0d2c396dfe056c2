using System.Text.Json.Nodes;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// Gives every column reference one spelling (the source's own, unqualified) and puts the expression in the place
/// of an alias, by DuckDB's rule: a column of the source comes first, then an alias of the select list.
/// </summary>
internal sealed class NameResolver
{
    private const int DepthMax = 32;
    private readonly string _sourceAlias;
    private readonly Dictionary<string, string> _columns;
    private readonly Dictionary<string, JsonNode> _aliases = new(StringComparer.OrdinalIgnoreCase);

    public NameResolver(RecordRelation relation, JsonArray selectList)
    {
        _sourceAlias = relation.Alias;
        _columns = relation.Columns.ToDictionary(
            column => column.Name, column => column.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var item in selectList)
        {
            if (QueryTree.Text(item!, "alias") is { Length: > 0 } alias)
            {
                _aliases.TryAdd(alias, item!);
            }
        }
    }

    public JsonNode Resolve(JsonNode expression) => Resolve(expression, 0);

    private JsonNode Resolve(JsonNode expression, int depth)
    {
        if (depth > DepthMax)
        {
            throw QueryTree.Refused("aliases of the view refer to each other in a circle", null);
        }

        return ExpressionTree.Rewrite(expression, node => Replace(node, depth))!;
    }

    private JsonNode? Replace(JsonObject node, int depth)
    {
        if (ExpressionTree.Class(node) != "COLUMN_REF")
        {
            return null;
        }

        var names = node["column_names"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        if (names.Count == 2 && names[0].Equals(_sourceAlias, StringComparison.OrdinalIgnoreCase))
        {
            names.RemoveAt(0);
        }

        if (names.Count == 1 && _columns.TryGetValue(names[0], out var own))
        {
            return ExpressionTree.ColumnRef(own);
        }

        return names.Count == 1 && _aliases.TryGetValue(names[0], out var aliased)
            ? Resolve(aliased, depth + 1)
            : null;
    }
}
