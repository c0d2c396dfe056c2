namespace Tarn.Console.Tiles;

/// <summary>
/// The values that identify a row of a view: its GROUP BY columns, or the row itself where it has none.
/// </summary>
internal readonly struct RowKey(IReadOnlyList<object?> row, IReadOnlyList<int> columns) : IEquatable<RowKey>
{
    private readonly IReadOnlyList<object?> row = row;
    private readonly IReadOnlyList<int> columns = columns;

    public bool Equals(RowKey other)
    {
        if (columns.Count == 0)
        {
            return ReferenceEquals(row, other.row);
        }

        foreach (var column in columns)
        {
            if (!Equals(row[column], other.row[column]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        if (columns.Count == 0)
        {
            return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(row);
        }

        foreach (var column in columns)
        {
            hash.Add(row[column]);
        }

        return hash.ToHashCode();
    }
}
