namespace Tarn.Dashboards;

/// <summary>
/// One tile. Exactly one of <see cref="View"/>, <see cref="Sql"/>, <see cref="Stream"/>, <see cref="Delivery"/> is
/// its source.
/// </summary>
public sealed record TileSpec
{
    public required string Title { get; init; }

    public TileKind Kind { get; init; }

    /// <summary>A materialized view: live, every change.</summary>
    public string? View { get; init; }

    /// <summary>A query, run every <see cref="RefreshSeconds"/>.</summary>
    public string? Sql { get; init; }

    /// <summary>A stream: its newest records.</summary>
    public string? Stream { get; init; }

    /// <summary>A delivery stream: lag, objects, records.</summary>
    public string? Delivery { get; init; }

    /// <summary>Column of the category or time axis.</summary>
    public string? X { get; init; }

    /// <summary>Column of the value.</summary>
    public string? Y { get; init; }

    /// <summary>Column to sort by, with <c>desc</c> after a space to turn it round; default X.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Rows shown, 1 to 1,000.</summary>
    public int RowsMax { get; init; } = 50;

    /// <summary>Of SQL tiles, 5 to 3,600.</summary>
    public int RefreshSeconds { get; init; } = 60;

    /// <summary>Columns of a twelve-column grid on a wide screen, 1 to 12.</summary>
    public int Width { get; init; } = 6;
}
