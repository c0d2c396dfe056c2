using System.Globalization;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;

namespace Tarn.Query.Writing.Files;

/// <summary>
/// Writes a query's rows by DuckDB's COPY into a folder of its own below the staging directory, a folder per partition
/// below that, in files of bounded size. Disposing removes what has not been taken over. Used by one caller at a time.
/// </summary>
public sealed class RowStage(string folder, TimeProvider clock) : IDisposable
{
    /// <summary>What Hive writes for a partition of NULL, or of an empty text.</summary>
    public const string NullPartition = "__HIVE_DEFAULT_PARTITION__";

    private const string FileSize = "256MB";

    private static readonly TimeSpan CountInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Runs the query to its end. No rows give no files.</summary>
    /// <param name="columns">DuckDB's select list over <paramref name="from"/> of what stands in the files.</param>
    /// <param name="keys">Expressions over it whose values make the folders.</param>
    /// <param name="from">What follows FROM.</param>
    /// <param name="format">Options of COPY.</param>
    /// <param name="partitionsMax">More partitions fail the statement, before all is written.</param>
    public async Task<IReadOnlyList<StagedRows>> WriteAsync(
        IDuckDbSession session,
        string columns,
        IReadOnlyList<string> keys,
        string from,
        string format,
        int partitionsMax,
        CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var names = Enumerable.Range(0, keys.Count)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"\"partition value {i}\"")).ToList();
        var values = keys.Zip(names, (key, name) =>
            $", coalesce(nullif(CAST({key} AS VARCHAR), ''), '{NullPartition}') AS {name}");
        var division = keys.Count > 0 ? $"PARTITION_BY ({string.Join(", ", names)})" : $"FILE_SIZE_BYTES '{FileSize}'";
        var copy = $"COPY (SELECT {columns}{string.Concat(values)} FROM {from}) "
            + $"TO {DuckText.Text(folder)} ({format}, {division})";
        Rows = keys.Count == 0
            ? await session.ExecuteAsync(copy, cancellation).ConfigureAwait(false)
            : await CopyCountedAsync(session, copy, keys.Count, partitionsMax, cancellation).ConfigureAwait(false);
        return Rows == 0 ? [] : [.. Collect(folder, [], keys.Count)];
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<long> CopyCountedAsync(
        IDuckDbSession session, string copy, int keys, int partitionsMax, CancellationToken cancellation)
    {
        using var tooMany = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = session.ExecuteAsync(copy, tooMany.Token);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(CountInterval, clock, cancellation)).ConfigureAwait(false);
            if (Partitions(folder, keys) > partitionsMax)
            {
                await tooMany.CancelAsync().ConfigureAwait(false);
                break;
            }
        }

        try
        {
            var rows = await running.ConfigureAwait(false);
            return Partitions(folder, keys) <= partitionsMax ? rows : throw TooMany(partitionsMax);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw TooMany(partitionsMax);
        }
    }

    private static TarnException TooMany(int partitionsMax) => new(
        ErrorKind.LimitExceeded,
        $"Exceeded limit of {partitionsMax} open writers for partitions/buckets",
        hint: "write fewer partitions per statement") { Code = "HIVE_TOO_MANY_OPEN_PARTITIONS" };

    private static int Partitions(string folder, int depth) => depth == 0
        ? 1
        : Directory.EnumerateDirectories(folder).Sum(inner => Partitions(inner, depth - 1));

    private static IEnumerable<StagedRows> Collect(string folder, IReadOnlyList<string> values, int depth)
    {
        if (depth == 0)
        {
            return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
                .Select(path => new StagedRows(path, values, new FileInfo(path).Length));
        }

        return Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(inner =>
        {
            var name = Path.GetFileName(inner);
            var value = Uri.UnescapeDataString(name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            return Collect(inner, [.. values, value], depth - 1);
        });
    }
}
