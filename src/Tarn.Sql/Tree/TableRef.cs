namespace Tarn.Sql.Tree;

/// <summary>A table or view that a statement is about, as written; null parts were not written.</summary>
public sealed record TableRef(SqlPosition Position, string? Catalog, string? Database, string Name)
{
    public override string ToString() =>
        string.Join('.', new[] { Catalog, Database, Name }.OfType<string>());
}
