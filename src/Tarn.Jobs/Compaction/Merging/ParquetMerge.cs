using Tarn.DuckDb;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Merging;

/// <summary>
/// Parquet files of one shape as one file, by DuckDB's COPY with its row groups of 122,880 rows. What was written is
/// compared with what was read before it may take the place of anything.
/// </summary>
internal sealed class ParquetMerge(IDuckDb duckDb, IObjectStore store, ParquetShapes shapes) : IObjectMerge
{
    public async Task<MergeOutcome> WriteAsync(
        CompactionPlan plan, string path, Action<JobInput> read, CancellationToken cancellation)
    {
        var files = new List<LocalFile>();
        try
        {
            foreach (var source in plan.Sources)
            {
                var file = await store.OpenLocalAsync(source.ObjectKey, cancellation).ConfigureAwait(false);
                if (file is not null)
                {
                    files.Add(file);
                }

                if (file?.Info.ETag != source.Etag)
                {
                    return new MergeOutcome.Changed(source);
                }
            }

            return await CopyAsync(plan, files, path, read, cancellation).ConfigureAwait(false);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private async Task<MergeOutcome> CopyAsync(
        CompactionPlan plan,
        List<LocalFile> files,
        string path,
        Action<JobInput> read,
        CancellationToken cancellation)
    {
        ParquetShape? first = null;
        var rows = 0L;
        foreach (var (file, source) in files.Zip(plan.Sources))
        {
            var shape = await shapes.ReadAsync(file.Path, cancellation).ConfigureAwait(false);
            first ??= shape;
            rows += shape.Rows;
            if (shape.Unfit is not null || shape.Columns != first.Columns)
            {
                return new MergeOutcome.Unfit(source, shape.Unfit ?? "its columns are not those of the others");
            }
        }

        using var session = duckDb.OpenSession();
        var paths = string.Join(", ", files.Select(file => ParquetShapes.QuoteText(file.Path)));
        await session.ExecuteAsync(
            $"COPY (SELECT * FROM read_parquet([{paths}], hive_partitioning = false))"
                + $" TO {ParquetShapes.QuoteText(path)} (FORMAT parquet, COMPRESSION '{plan.Codec}')",
            cancellation).ConfigureAwait(false);
        var written = await shapes.ReadAsync(path, cancellation).ConfigureAwait(false);
        if (written.Columns != first!.Columns || written.Rows != rows)
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"'{plan.Target}' would not be what its {plan.Sources.Count} sources are",
                $"{rows} rows in, {written.Rows} out; columns in: {first.Columns}; out: {written.Columns}");
        }

        foreach (var source in plan.Sources)
        {
            read(source);
        }

        return new MergeOutcome.Done();
    }
}
