namespace Tarn.Sql.Tree;

/// <summary>Finds out whether a query reads a table of one plain name.</summary>
internal sealed class TableNames : TreeRewriter
{
    private readonly string _name;
    private bool _isFound;

    private TableNames(string name) => _name = name;

    public static bool Contains(Query query, string name)
    {
        var names = new TableNames(name);
        names.Rewrite(query);
        return names._isFound;
    }

    public static bool Contains(QueryBody body, string name) => Contains(new Query(body.Position, body), name);

    public static bool IsNamed(Relation relation, string name) => relation is Relation.Table { Parts: [var only] }
        && only.Text.Equals(name, StringComparison.OrdinalIgnoreCase);

    protected override Relation Rewrite(Relation relation)
    {
        _isFound |= IsNamed(relation, _name);
        return base.Rewrite(relation);
    }
}
