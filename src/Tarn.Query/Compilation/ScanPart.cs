using Tarn.Query.Binding;

namespace Tarn.Query.Compilation;

/// <summary>
/// Files of a scan that are read the same way: those of the table, or of partitions with a descriptor of their own.
/// </summary>
/// <param name="Files">Opened; the plan owns the leases.</param>
/// <param name="Present">Columns that the files hold, by their names here, of Parquet; empty of others.</param>
/// <param name="Rows">Files that are read here; null of Parquet.</param>
internal sealed record ScanPart(
    IReadOnlyList<OpenFile> Files,
    IReadOnlyList<ScanColumn> Columns,
    IReadOnlyList<FileConstant> Constants,
    IReadOnlySet<string> Present,
    IFileTable? Rows,
    long Bytes);
