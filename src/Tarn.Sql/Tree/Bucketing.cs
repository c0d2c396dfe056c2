namespace Tarn.Sql.Tree;

/// <summary>CLUSTERED BY (columns) [SORTED BY (...)] INTO n BUCKETS.</summary>
public sealed record Bucketing(
    IReadOnlyList<string> Columns, IReadOnlyList<(string Column, bool IsDescending)> SortedBy, int Count);
