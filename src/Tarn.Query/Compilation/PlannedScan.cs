using Tarn.Query.Binding;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>A table of the catalog as one mention in a query reads it.</summary>
/// <param name="Files">Opened; the plan owns the leases. Disposing them lets the objects go.</param>
/// <param name="Present">Columns that the files hold, of Parquet; null of other formats.</param>
internal sealed record PlannedScan(
    TableScan Scan,
    BoundTable Bound,
    TableReader Reader,
    IReadOnlyList<(LocalFile File, IReadOnlyList<string> Values)> Files,
    IReadOnlySet<string>? Present,
    long Bytes);
