using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>Two live views: one that can be read, and one that refuses to be.</summary>
internal sealed class LiveViews : ITableSource
{
    public IReadOnlyList<TableName> List() => [new("live", "scores_by_user"), new("live", "broken")];

    public ValueTask<INativeTable?> OpenAsync(TableName name, CancellationToken cancellation) => name.Name switch
    {
        "scores_by_user" when name.Database == "live" => new ValueTask<INativeTable?>(new Rows()),
        "broken" when name.Database == "live" => throw new TarnException(ErrorKind.Conflict, "it cannot be right"),
        _ => new ValueTask<INativeTable?>((INativeTable?)null),
    };

    private sealed class Rows : INativeTable
    {
        public IReadOnlyList<DuckDbColumn> Columns { get; } =
            [new("user_id", "VARCHAR"), new("total", "BIGINT"), new("last", "TIMESTAMPTZ")];

        public INativeTableScan Open() => throw new NotSupportedException("nobody reads them here");
    }
}
