using Tarn.Query.Binding;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Compilation;

/// <summary>
/// Files of a scan that are read the same way: those of the table, or of partitions with a descriptor of their own.
/// </summary>
/// <param name="Files">Opened; the plan owns the leases.</param>
/// <param name="Present">Columns that the files hold, of Parquet; empty of lines.</param>
/// <param name="Lines">The lines; null of Parquet.</param>
internal sealed record ScanPart(
    IReadOnlyList<OpenFile> Files,
    IReadOnlyList<ScanColumn> Columns,
    IReadOnlyList<FileConstant> Constants,
    IReadOnlySet<string> Present,
    LineTable? Lines,
    long Bytes);
