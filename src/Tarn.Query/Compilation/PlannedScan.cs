using Tarn.Query.Binding;
using Tarn.Query.Binding.JsonLines;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>A table of the catalog as one mention in a query reads it.</summary>
/// <param name="Files">Opened; the plan owns the leases. Disposing them lets the objects go.</param>
/// <param name="Present">Columns that the files hold, of Parquet; empty of JSON.</param>
/// <param name="Json">The lines, of JSON; null of Parquet.</param>
internal sealed record PlannedScan(
    TableScan Scan,
    BoundTable Bound,
    IReadOnlyList<(LocalFile File, IReadOnlyList<string> Values)> Files,
    IReadOnlySet<string> Present,
    JsonTable? Json,
    long Bytes);
