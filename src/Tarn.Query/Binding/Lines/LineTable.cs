using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Sql.Translation;

namespace Tarn.Query.Binding.Lines;

/// <summary>
/// Files of lines as DuckDB reads them: the used columns, then the used <see cref="FileConstant"/>s as text, over lines
/// of the objects in order. Several threads share the pieces. The files' leases are the plan's.
/// </summary>
internal sealed class LineTable : INativeTable
{
    private readonly IReadOnlyList<ScanColumn> _columns;
    private readonly IReadOnlyList<FileConstant> _constants;

    public LineTable(
        string owner,
        LineFormat format,
        IReadOnlyList<ScanColumn> columns,
        IReadOnlyList<FileConstant> constants,
        IReadOnlyList<OpenFile> files,
        int headerLines,
        long unpackedBytesMax)
    {
        Format = format;
        HeaderLines = headerLines;
        UnpackedBytesMax = unpackedBytesMax;
        _columns = columns;
        _constants = constants;
        Fields = [.. columns.Where(column => column.Position >= 0).Select(column => LineField.Of(owner, column))];
        Columns =
        [
            .. Fields.Select(field => field.Column),
            .. constants.Select(constant => new DuckDbColumn(constant.Name, "VARCHAR")),
            .. Fields.Count + constants.Count == 0
                ? [new DuckDbColumn("$row", "BOOLEAN")]
                : Array.Empty<DuckDbColumn>(),
        ];
        Pieces =
        [
            .. files.SelectMany(file => LinePiece.Cut(
                file.File, [.. constants.Select(constant => constant.Text(file))], headerLines)),
        ];

        // Tells columns that the format cannot read before the first row.
        format.NewRow(Fields).Dispose();
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    public LineFormat Format { get; }

    public IReadOnlyList<LineField> Fields { get; }

    public IReadOnlyList<LinePiece> Pieces { get; }

    public int HeaderLines { get; }

    public long UnpackedBytesMax { get; }

    public INativeTableScan Open() => new LineTableScan(this);

    /// <summary>The DuckDB query that gives the columns in their types: used columns first, then constants.</summary>
    /// <param name="name">Under which the table is registered.</param>
    public string Select(string name)
    {
        var fields = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var items = _columns
            .Select(column => fields.TryGetValue(column.Name, out var field)
                ? $"{field.As(column.Type)} AS {DuckText.Name(column.Name)}"
                : $"CAST(NULL AS {column.Type.DuckDbName}) AS {DuckText.Name(column.Name)}")
            .Concat(_constants.Select(constant =>
                $"CAST(f.{DuckText.Name(constant.Name)} AS {constant.Type.DuckDbName}) AS "
                + DuckText.Name(constant.Name)))
            .DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", items)} FROM {DuckText.Name(name)} AS f";
    }
}
