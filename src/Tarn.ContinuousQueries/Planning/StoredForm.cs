using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>How values of a DuckDB type are held: as they are, or cast on the way in and back on the way out.</summary>
/// <param name="IsOrdered">The held values compare as the originals do.</param>
internal sealed record StoredForm(CellType Type, string Original, bool IsCast, bool IsOrdered)
{
    /// <summary>Null when values of the type cannot be held.</summary>
    public static StoredForm? Of(string type)
    {
        if (CellType.Of(type) is { } same)
        {
            return new StoredForm(same, same.Sql, IsCast: false, IsOrdered: true);
        }

        return type switch
        {
            "TINYINT" or "SMALLINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" =>
                new StoredForm(CellType.Int64, type, IsCast: true, IsOrdered: true),
            "FLOAT" => new StoredForm(CellType.Double, type, IsCast: true, IsOrdered: true),
            "TIMESTAMP_S" or "TIMESTAMP_MS" =>
                new StoredForm(CellType.Of("TIMESTAMP")!, type, IsCast: true, IsOrdered: true),
            "HUGEINT" or "UHUGEINT" or "UBIGINT" or "UUID" or "TIME" or "TIMESTAMP_NS" =>
                new StoredForm(CellType.Text, type, IsCast: true, IsOrdered: false),
            _ when CellType.DecimalDigits(type).Precision > 18 =>
                new StoredForm(CellType.Text, type, IsCast: true, IsOrdered: false),
            _ => null,
        };
    }

    public string Store(string sql) => IsCast ? $"CAST({sql} AS {Type.Sql})" : sql;

    public string Restore(string sql) => IsCast ? $"CAST({sql} AS {Original})" : sql;

    /// <summary>The type that a view shows for values of a type: itself or a wider one of those that tables have; null:
    /// none.</summary>
    public static CellType? Shown(string type) => CellType.Of(type) ?? type switch
    {
        "TINYINT" or "SMALLINT" or "UTINYINT" or "USMALLINT" => CellType.Of("INTEGER"),
        "UINTEGER" or "UBIGINT" or "HUGEINT" or "UHUGEINT" => CellType.Int64,
        "FLOAT" => CellType.Double,
        "UUID" => CellType.Text,
        "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => CellType.Of("TIMESTAMP"),
        _ => CellType.DecimalDigits(type) is (> 18, <= 18) digits ? CellType.Of($"DECIMAL(18,{digits.Scale})") : null,
    };
}
