using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Query.Binding.Lines;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Avro;

/// <summary>
/// Avro files as DuckDB reads them, in the order of the objects. Several threads share the files. Their leases are the
/// plan's.
/// </summary>
internal sealed class AvroTable(
    AvroSerDe serDe, FileColumns columns, IReadOnlyList<OpenFile> files, long unpackedBytesMax) : IFileTable
{
    public IReadOnlyList<DuckDbColumn> Columns => columns.Columns;

    public AvroSerDe SerDe => serDe;

    public IReadOnlyList<LineField> Fields => columns.Fields;

    public IReadOnlyList<OpenFile> Files => files;

    public long UnpackedBytesMax => unpackedBytesMax;

    public INativeTableScan Open() => Open(meter: null);

    public INativeTableScan Open(ScanMeter? meter) => new AvroTableScan(this, meter);

    public IReadOnlyList<string?> Values(OpenFile file) => columns.Values(file);

    public string Select(string name) => columns.Select(name);
}
