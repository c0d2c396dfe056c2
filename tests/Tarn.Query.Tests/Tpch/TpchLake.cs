using Tarn.DuckDb;
using Tarn.Storage.Objects;
using Tarn.Testing;
using Tarn.Testing.Tpch;

namespace Tarn.Query.Tests.Tpch;

/// <summary>TPC-H's tables as Parquet in a lake, and the same files as views of a bare DuckDB session.</summary>
public sealed class TpchLake : IAsyncLifetime, IDisposable
{
    public const string Database = "tpch";

    private const double Scale = 0.05;

    private readonly TempDirectory _directory = new();
    private readonly List<LocalFile> _files = [];
    private QueryLake? _lake;
    private IDuckDbSession? _raw;

    internal QueryLake Lake => _lake!;

    internal IDuckDbSession Raw => _raw!;

    public async Task InitializeAsync()
    {
        _lake = await QueryLake.OpenAsync(_directory.Path);
        _raw = _lake.DuckDb.OpenSession();
        await _raw.ExecuteAsync(TpchTables.Macros, CancellationToken.None);
        foreach (var table in TpchTables.At(Scale))
        {
            await _lake.CreateParquetTableAsync($"{Database}.{table.Name}", table.Columns);
            var key = ObjectKey.Parse($"{QueryLake.Location($"{Database}.{table.Name}")}all.parquet");
            var staged = Path.Combine(_lake.Objects.LocalDirectories[0], table.Name);
            await _raw.ExecuteAsync($"COPY ({table.Select}) TO '{staged}' (FORMAT parquet)", CancellationToken.None);
            var moved = Path.Combine(_lake.Objects.StagingDirectory, table.Name);
            File.Move(staged, moved);
            await _lake.Objects.PutFileAsync(key, moved, ObjectAttributes.None, CancellationToken.None);
            var file = (await _lake.Objects.OpenLocalAsync(key, CancellationToken.None))!;
            _files.Add(file);
            await _raw.ExecuteAsync(
                $"CREATE TEMP VIEW {table.Name} AS SELECT * FROM read_parquet('{file.Path}')", CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        _raw?.Dispose();
        _files.ForEach(file => file.Dispose());
        if (_lake is not null)
        {
            await _lake.DisposeAsync();
        }
    }

    public void Dispose() => _directory.Dispose();
}
