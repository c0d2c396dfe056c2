using System.Globalization;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>A column's type: DuckDB's text, and how its values are held.</summary>
/// <param name="Scale">Digits after the point of a DECIMAL, else 0.</param>
internal sealed record CellType(string Sql, CellKind Kind, int Scale = 0)
{
    public static CellType Int64 { get; } = new("BIGINT", CellKind.Int64);

    public static CellType Double { get; } = new("DOUBLE", CellKind.Double);

    public static CellType Text { get; } = new("VARCHAR", CellKind.Text);

    /// <summary>Type of a list's values, else null.</summary>
    public CellType? Item { get; private init; }

    public bool IsText => Kind == CellKind.Text;

    public bool IsDouble => Kind == CellKind.Double;

    public static CellType ListOf(CellType item) => new(item.Sql + "[]", CellKind.List) { Item = item };

    /// <summary>Whether values of DuckDB's type of that text are held as this type's are.</summary>
    public bool Takes(string sql) => Item is { } item
        ? sql.EndsWith("[]", StringComparison.Ordinal) && item.Takes(sql[..^2])
        : Of(sql)?.Kind == Kind;

    /// <summary>The type of that text, or null when values of it cannot be held as they are.</summary>
    public static CellType? Of(string sql) => sql switch
    {
        "BOOLEAN" => new(sql, CellKind.Boolean),
        "INTEGER" => new(sql, CellKind.Int32),
        "BIGINT" => Int64,
        "DOUBLE" => Double,
        "VARCHAR" => Text,
        "JSON" => new(sql, CellKind.Text),
        "DATE" => new(sql, CellKind.Date),
        "TIMESTAMP" => new(sql, CellKind.Timestamp),
        "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => new("TIMESTAMPTZ", CellKind.Timestamp),
        _ => DecimalDigits(sql) is var (precision, scale) && precision is > 0 and <= 18
            ? new(sql, CellKind.Decimal, scale)
            : null,
    };

    /// <summary>Precision and scale of DECIMAL(p,s); zeros for any other text.</summary>
    public static (int Precision, int Scale) DecimalDigits(string sql)
    {
        if (!sql.StartsWith("DECIMAL(", StringComparison.Ordinal))
        {
            return (0, 0);
        }

        var digits = sql["DECIMAL(".Length..^1].Split(',');
        return (int.Parse(digits[0], CultureInfo.InvariantCulture), int.Parse(digits[1], CultureInfo.InvariantCulture));
    }
}
