using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Lines;

/// <summary>
/// Files of lines as DuckDB reads them, in the order of the objects. Several threads share the pieces. The files'
/// leases are the plan's.
/// </summary>
internal sealed class LineTable : IFileTable
{
    private readonly FileColumns _layout;

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
        _layout = new FileColumns(owner, columns, constants);
        Pieces = [.. files.SelectMany(file => LinePiece.Cut(file.File, _layout.Values(file), headerLines))];

        // Tells columns that the format cannot read before the first row.
        format.NewRow(Fields).Dispose();
    }

    public IReadOnlyList<DuckDbColumn> Columns => _layout.Columns;

    public LineFormat Format { get; }

    public IReadOnlyList<LineField> Fields => _layout.Fields;

    public IReadOnlyList<LinePiece> Pieces { get; }

    public int HeaderLines { get; }

    public long UnpackedBytesMax { get; }

    public INativeTableScan Open() => Open(meter: null);

    public INativeTableScan Open(ScanMeter? meter) => new LineTableScan(this, meter);

    public string Select(string name) => _layout.Select(name);
}
